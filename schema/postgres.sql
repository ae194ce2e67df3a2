-- Written by `event-store schema dump` from the migrations; do not edit.

SET check_function_bodies = false;

CREATE OR REPLACE FUNCTION public.events_announce()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    PERFORM pg_catalog.pg_advisory_xact_lock_shared(
        pg_catalog.hashtextextended(coalesce(TG_ARGV[0], TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME), 0));
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.events_refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP;
END
$function$;

CREATE TABLE "public"."checkpoints" (
    "feed" text COLLATE pg_catalog."C" NOT NULL,
    "reader" text COLLATE pg_catalog."C" NOT NULL,
    "position" bigint NOT NULL,
    "updated_at" timestamp with time zone NOT NULL,
    CONSTRAINT "checkpoints_position_check" CHECK (("position" >= 0)),
    CONSTRAINT "checkpoints_pkey" PRIMARY KEY (feed, reader)
);

CREATE TABLE "public"."events" (
    "position" bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    "aggregate_id" text COLLATE pg_catalog."C" NOT NULL,
    "version" bigint NOT NULL,
    "event_id" text COLLATE pg_catalog."C" NOT NULL,
    "type" text COLLATE pg_catalog."C" NOT NULL,
    "source" text COLLATE pg_catalog."C" NOT NULL,
    "subject" text COLLATE pg_catalog."C",
    "data" json,
    "data_binary" bytea,
    "datacontenttype" text COLLATE pg_catalog."C",
    "dataschema" text COLLATE pg_catalog."C",
    "specversion" text COLLATE pg_catalog."C" NOT NULL DEFAULT '1.0'::text,
    "extensions" json,
    "correlation_id" text COLLATE pg_catalog."C",
    "causation_id" text COLLATE pg_catalog."C",
    "occurred_at" timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
    "recorded_at" timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT "events_check" CHECK (((data IS NULL) OR (data_binary IS NULL))),
    CONSTRAINT "events_version_check" CHECK ((version > 0)),
    CONSTRAINT "events_aggregate_id_event_id_key" UNIQUE (aggregate_id, event_id),
    CONSTRAINT "events_aggregate_id_version_key" UNIQUE (aggregate_id, version)
);

CREATE INDEX events_by_causation ON public.events USING btree (causation_id) WHERE (causation_id IS NOT NULL);

CREATE INDEX events_by_correlation ON public.events USING btree (correlation_id) WHERE (correlation_id IS NOT NULL);

CREATE INDEX events_by_position ON public.events USING btree ("position");

CREATE TRIGGER events_announce BEFORE INSERT ON public.events FOR EACH STATEMENT EXECUTE FUNCTION public.events_announce();

CREATE TRIGGER events_refuse_delete BEFORE DELETE ON public.events FOR EACH ROW EXECUTE FUNCTION public.events_refuse_change();

CREATE TRIGGER events_refuse_truncate BEFORE TRUNCATE ON public.events FOR EACH STATEMENT EXECUTE FUNCTION public.events_refuse_change();

CREATE TRIGGER events_refuse_update BEFORE UPDATE ON public.events FOR EACH ROW EXECUTE FUNCTION public.events_refuse_change();

CREATE TABLE "public"."snapshots" (
    "aggregate_id" text COLLATE pg_catalog."C" NOT NULL,
    "version" bigint NOT NULL,
    "aggregate_type" text COLLATE pg_catalog."C" NOT NULL,
    "state" json NOT NULL,
    "state_schema" text COLLATE pg_catalog."C",
    "recorded_at" timestamp with time zone NOT NULL,
    CONSTRAINT "snapshots_version_check" CHECK ((version > 0)),
    CONSTRAINT "snapshots_aggregate_id_version_key" UNIQUE (aggregate_id, version)
);
