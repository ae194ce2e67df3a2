-- Written by `event-store schema dump` from the migrations; do not edit.

SET check_function_bodies = false;

CREATE OR REPLACE FUNCTION public.order_events_announce()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    PERFORM pg_catalog.pg_advisory_xact_lock_shared(
        pg_catalog.hashtextextended(coalesce(TG_ARGV[0], TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME), 0));
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.order_events_refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP;
END
$function$;

CREATE OR REPLACE FUNCTION public.receipt_events_announce()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    PERFORM pg_catalog.pg_advisory_xact_lock_shared(
        pg_catalog.hashtextextended(coalesce(TG_ARGV[0], TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME), 0));
    RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.receipt_events_refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP;
END
$function$;

CREATE TABLE "public"."order_events" (
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
    "tenant_id" uuid NOT NULL,
    "region" text NOT NULL DEFAULT 'eu'::text,
    "due_at" timestamp with time zone,
    CONSTRAINT "order_events_check" CHECK (((data IS NULL) OR (data_binary IS NULL))),
    CONSTRAINT "order_events_version_check" CHECK ((version > 0)),
    CONSTRAINT "order_events_aggregate_id_event_id_key" UNIQUE (aggregate_id, event_id),
    CONSTRAINT "order_events_aggregate_id_version_key" UNIQUE (aggregate_id, version)
);

CREATE INDEX order_events_by_causation ON public.order_events USING btree (causation_id) WHERE (causation_id IS NOT NULL);

CREATE INDEX order_events_by_correlation ON public.order_events USING btree (correlation_id) WHERE (correlation_id IS NOT NULL);

CREATE INDEX order_events_by_position ON public.order_events USING btree ("position");

CREATE TRIGGER order_events_announce BEFORE INSERT ON public.order_events FOR EACH STATEMENT EXECUTE FUNCTION public.order_events_announce();

CREATE TRIGGER order_events_refuse_delete BEFORE DELETE ON public.order_events FOR EACH ROW EXECUTE FUNCTION public.order_events_refuse_change();

CREATE TRIGGER order_events_refuse_truncate BEFORE TRUNCATE ON public.order_events FOR EACH STATEMENT EXECUTE FUNCTION public.order_events_refuse_change();

CREATE TRIGGER order_events_refuse_update BEFORE UPDATE ON public.order_events FOR EACH ROW EXECUTE FUNCTION public.order_events_refuse_change();

CREATE TABLE "public"."order_snapshots" (
    "aggregate_id" text COLLATE pg_catalog."C" NOT NULL,
    "version" bigint NOT NULL,
    "aggregate_type" text COLLATE pg_catalog."C" NOT NULL,
    "state" json NOT NULL,
    "state_schema" text COLLATE pg_catalog."C",
    "recorded_at" timestamp with time zone NOT NULL,
    CONSTRAINT "order_snapshots_version_check" CHECK ((version > 0)),
    CONSTRAINT "order_snapshots_aggregate_id_version_key" UNIQUE (aggregate_id, version)
);

CREATE TABLE "public"."receipt_events" (
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
    CONSTRAINT "receipt_events_check" CHECK (((data IS NULL) OR (data_binary IS NULL))),
    CONSTRAINT "receipt_events_version_check" CHECK ((version > 0)),
    CONSTRAINT "receipt_events_aggregate_id_event_id_key" UNIQUE (aggregate_id, event_id),
    CONSTRAINT "receipt_events_aggregate_id_version_key" UNIQUE (aggregate_id, version)
);

CREATE INDEX receipt_events_by_causation ON public.receipt_events USING btree (causation_id) WHERE (causation_id IS NOT NULL);

CREATE INDEX receipt_events_by_correlation ON public.receipt_events USING btree (correlation_id) WHERE (correlation_id IS NOT NULL);

CREATE INDEX receipt_events_by_position ON public.receipt_events USING btree ("position");

CREATE TRIGGER receipt_events_announce BEFORE INSERT ON public.receipt_events FOR EACH STATEMENT EXECUTE FUNCTION public.receipt_events_announce();

CREATE TRIGGER receipt_events_refuse_delete BEFORE DELETE ON public.receipt_events FOR EACH ROW EXECUTE FUNCTION public.receipt_events_refuse_change();

CREATE TRIGGER receipt_events_refuse_truncate BEFORE TRUNCATE ON public.receipt_events FOR EACH STATEMENT EXECUTE FUNCTION public.receipt_events_refuse_change();

CREATE TRIGGER receipt_events_refuse_update BEFORE UPDATE ON public.receipt_events FOR EACH ROW EXECUTE FUNCTION public.receipt_events_refuse_change();

CREATE TABLE "public"."receipt_snapshots" (
    "aggregate_id" text COLLATE pg_catalog."C" NOT NULL,
    "version" bigint NOT NULL,
    "aggregate_type" text COLLATE pg_catalog."C" NOT NULL,
    "state" json NOT NULL,
    "state_schema" text COLLATE pg_catalog."C",
    "recorded_at" timestamp with time zone NOT NULL,
    CONSTRAINT "receipt_snapshots_version_check" CHECK ((version > 0)),
    CONSTRAINT "receipt_snapshots_aggregate_id_version_key" UNIQUE (aggregate_id, version)
);
