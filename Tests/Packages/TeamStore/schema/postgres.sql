-- Written by `event-store schema dump` from the migrations; do not edit.

CREATE SCHEMA "billing";

CREATE SCHEMA "orders";

SET check_function_bodies = false;

CREATE TYPE "orders"."region" AS ENUM ('eu', 'us', 'asia-pacific');

CREATE DOMAIN "orders"."currency" AS text CONSTRAINT "currency_check" CHECK ((VALUE ~ '^[A-Z]{3}$'::text));

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

CREATE TABLE "billing"."invoice_events" (
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
    "occurred_at" timestamp with time zone NOT NULL,
    "recorded_at" timestamp with time zone NOT NULL,
    "customer_number" bigint NOT NULL,
    "is_final" boolean NOT NULL DEFAULT false,
    "remark" text,
    CONSTRAINT "invoice_events_check" CHECK (((data IS NULL) OR (data_binary IS NULL))),
    CONSTRAINT "invoice_events_version_check" CHECK ((version > 0)),
    CONSTRAINT "invoice_events_aggregate_id_event_id_key" UNIQUE (aggregate_id, event_id),
    CONSTRAINT "invoice_events_aggregate_id_version_key" UNIQUE (aggregate_id, version)
);

CREATE INDEX invoice_events_by_causation ON billing.invoice_events USING btree (causation_id) WHERE (causation_id IS NOT NULL);

CREATE INDEX invoice_events_by_correlation ON billing.invoice_events USING btree (correlation_id) WHERE (correlation_id IS NOT NULL);

CREATE INDEX invoice_events_by_position ON billing.invoice_events USING btree ("position");

CREATE TRIGGER invoice_events_announce BEFORE INSERT ON billing.invoice_events FOR EACH STATEMENT EXECUTE FUNCTION public.events_announce();

CREATE TRIGGER invoice_events_refuse_change BEFORE DELETE OR UPDATE ON billing.invoice_events FOR EACH ROW EXECUTE FUNCTION public.events_refuse_change();

CREATE TRIGGER invoice_events_refuse_truncate BEFORE TRUNCATE ON billing.invoice_events FOR EACH STATEMENT EXECUTE FUNCTION public.events_refuse_change();

CREATE TABLE "billing"."invoice_snapshots" (
    "aggregate_id" text COLLATE pg_catalog."C" NOT NULL,
    "version" bigint NOT NULL,
    "aggregate_type" text COLLATE pg_catalog."C" NOT NULL,
    "state" json NOT NULL,
    "state_schema" text COLLATE pg_catalog."C",
    "recorded_at" timestamp with time zone NOT NULL,
    CONSTRAINT "invoice_snapshots_version_check" CHECK ((version > 0)),
    CONSTRAINT "invoice_snapshots_aggregate_id_version_key" UNIQUE (aggregate_id, version)
);

CREATE TABLE "orders"."customers" (
    "id" uuid NOT NULL,
    "name" text NOT NULL,
    "email" text,
    "is_active" boolean NOT NULL DEFAULT true,
    "created_at" timestamp with time zone NOT NULL,
    CONSTRAINT "customers_pkey" PRIMARY KEY (id),
    CONSTRAINT "customers_email_key" UNIQUE (email)
);

CREATE TABLE "orders"."order_events" (
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
    "occurred_at" timestamp with time zone NOT NULL,
    "recorded_at" timestamp with time zone NOT NULL,
    "tenant_id" uuid NOT NULL,
    "region" orders.region NOT NULL DEFAULT 'eu'::orders.region,
    "currency" orders.currency NOT NULL DEFAULT 'EUR'::text,
    "due_at" timestamp with time zone,
    "address" jsonb,
    "type_length" integer GENERATED ALWAYS AS (length(type)) STORED,
    CONSTRAINT "order_events_check" CHECK (((data IS NULL) OR (data_binary IS NULL))),
    CONSTRAINT "order_events_version_check" CHECK ((version > 0)),
    CONSTRAINT "order_events_aggregate_id_event_id_key" UNIQUE (aggregate_id, event_id),
    CONSTRAINT "order_events_aggregate_id_version_key" UNIQUE (aggregate_id, version)
);

CREATE INDEX order_events_by_causation ON orders.order_events USING btree (causation_id) WHERE (causation_id IS NOT NULL);

CREATE INDEX order_events_by_correlation ON orders.order_events USING btree (correlation_id) WHERE (correlation_id IS NOT NULL);

CREATE INDEX order_events_by_position ON orders.order_events USING btree ("position");

CREATE TRIGGER order_events_announce BEFORE INSERT ON orders.order_events FOR EACH STATEMENT EXECUTE FUNCTION public.events_announce();

CREATE TRIGGER order_events_refuse_change BEFORE DELETE OR UPDATE ON orders.order_events FOR EACH ROW EXECUTE FUNCTION public.events_refuse_change();

CREATE TRIGGER order_events_refuse_truncate BEFORE TRUNCATE ON orders.order_events FOR EACH STATEMENT EXECUTE FUNCTION public.events_refuse_change();

CREATE TABLE "orders"."order_snapshots" (
    "aggregate_id" text COLLATE pg_catalog."C" NOT NULL,
    "version" bigint NOT NULL,
    "aggregate_type" text COLLATE pg_catalog."C" NOT NULL,
    "state" json NOT NULL,
    "state_schema" text COLLATE pg_catalog."C",
    "recorded_at" timestamp with time zone NOT NULL,
    CONSTRAINT "order_snapshots_version_check" CHECK ((version > 0)),
    CONSTRAINT "order_snapshots_aggregate_id_version_key" UNIQUE (aggregate_id, version)
);

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
