CREATE TABLE "events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"type" varchar(50) NOT NULL,
	"subject" varchar(255) NOT NULL,
	"defect_id" varchar(50) NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "events_subject_unique" UNIQUE("subject")
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"caller" varchar(60) NOT NULL,
	"route" varchar(60) NOT NULL,
	"key" varchar(255) NOT NULL,
	"fingerprint" varchar(64) NOT NULL,
	"owner" uuid,
	"locked_until" timestamp (3) with time zone,
	"status" integer,
	"body" json,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_keys_of_caller" UNIQUE("caller","route","key")
);
--> statement-breakpoint
CREATE TABLE "ingest_jobs" (
	"image_id" uuid PRIMARY KEY NOT NULL,
	"caller" varchar(60) NOT NULL,
	"person" varchar(100),
	"parameters" jsonb NOT NULL,
	"metadata" jsonb,
	"image_key" varchar(255) NOT NULL,
	"image_sha256" varchar(64) NOT NULL,
	"image_width" integer NOT NULL,
	"image_height" integer NOT NULL,
	"status" varchar(10) DEFAULT 'queued' NOT NULL,
	"enqueued_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"defect_id" varchar(50),
	"error" text,
	"request_ref" varchar(60),
	CONSTRAINT "ingest_jobs_request_ref_unique" UNIQUE("request_ref"),
	CONSTRAINT "ingest_jobs_status" CHECK (status in ('queued', 'processing', 'done', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "daily_usage" (
	"day" date NOT NULL,
	"caller" varchar(60) NOT NULL,
	"analyses" integer DEFAULT 0 NOT NULL,
	"tokens" bigint DEFAULT 0 NOT NULL,
	"cost_usd" numeric(14, 6) DEFAULT 0 NOT NULL,
	CONSTRAINT "daily_usage_day_caller_pk" PRIMARY KEY("day","caller")
);
--> statement-breakpoint
ALTER TABLE "analyses" ADD COLUMN "ingest_id" uuid;--> statement-breakpoint
ALTER TABLE "analyses" ADD COLUMN "request_ref" varchar(60);--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "prefix" varchar(16);--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "last_four" varchar(4);--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "scopes" text[];--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "revoked_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "previous_key_hash" varchar(128);--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "previous_expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "model_rate_limit" integer;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "daily_analyses" integer;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "daily_tokens" bigint;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "daily_cost_usd" numeric(12, 6);--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "created_by" varchar(60);--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "request_id" varchar(100);--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "caller" varchar(60);--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "person" varchar(100);--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "calls" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE INDEX "idempotency_keys_oldest" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "ingest_jobs_waiting" ON "ingest_jobs" USING btree ("enqueued_at") WHERE status = 'queued';--> statement-breakpoint
CREATE INDEX "ingest_jobs_image" ON "ingest_jobs" USING btree ("image_key");--> statement-breakpoint
CREATE INDEX "analyses_counts" ON "analyses" USING btree ("defect_detected","defect_type","severity","probable_stage");--> statement-breakpoint
CREATE UNIQUE INDEX "analyses_ingest" ON "analyses" USING btree ("ingest_id") WHERE ingest_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "analyses_request" ON "analyses" USING btree ("request_ref") WHERE request_ref is not null;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_previous_key_hash_unique" UNIQUE("previous_key_hash");