CREATE TABLE "analyses" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"defect_id" varchar(50) NOT NULL,
	"timestamp" timestamp (3) with time zone NOT NULL,
	"facility" varchar(50) NOT NULL,
	"product_sku" varchar(50) NOT NULL,
	"defect_detected" boolean NOT NULL,
	"defect_type" varchar(50),
	"severity" varchar(20),
	"confidence" numeric(5, 4),
	"description" text,
	"affected_area" varchar(100),
	"bounding_box" jsonb,
	"root_cause" text,
	"five_why_chain" jsonb,
	"corrective_actions" jsonb,
	"image_s3_key" varchar(255) NOT NULL,
	"model_version" varchar(100),
	"created_at" timestamp (3) with time zone DEFAULT now(),
	"verdict" varchar(10) NOT NULL,
	"defects" jsonb NOT NULL,
	"probable_stage" varchar(50),
	"contributing_factors" jsonb NOT NULL,
	"ishikawa_analysis" jsonb,
	"preventive_actions" jsonb NOT NULL,
	"language" varchar(10) NOT NULL,
	"production_data" jsonb,
	"part_id" varchar(100),
	"station" varchar(100),
	"line_id" varchar(100),
	"shift" varchar(100),
	"lot" varchar(100),
	"operator" varchar(100),
	"event_id" varchar(100),
	"file_name" varchar(255),
	"image_sha256" varchar(64) NOT NULL,
	"image_width" integer NOT NULL,
	"image_height" integer NOT NULL,
	"caller" varchar(60) NOT NULL,
	"analyzer" varchar(20) NOT NULL,
	"prompt_version" varchar(50),
	"model_settings" jsonb NOT NULL,
	"input_tokens" integer NOT NULL,
	"output_tokens" integer NOT NULL,
	"reasoning_tokens" integer NOT NULL,
	"cost_usd" numeric(12, 6),
	"latency_ms" integer NOT NULL,
	"model_latency_ms" integer NOT NULL,
	"search_text" text GENERATED ALWAYS AS (lower(defect_id || ' ' || product_sku || ' ' || coalesce(description, '') || ' ' || coalesce(root_cause, '') || ' ' || coalesce(part_id, '') || ' ' || coalesce(station, '') || ' ' || coalesce(line_id, '') || ' ' || coalesce(shift, '') || ' ' || coalesce(lot, '') || ' ' || coalesce(operator, '') || ' ' || coalesce(event_id, '') || ' ' || coalesce(file_name, ''))) STORED,
	CONSTRAINT "analyses_defect_id_unique" UNIQUE("defect_id"),
	CONSTRAINT "analyses_confidence_range" CHECK (confidence between 0 and 1)
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"key_hash" varchar(128) NOT NULL,
	"description" varchar(255),
	"rate_limit" integer DEFAULT 300,
	"is_active" boolean DEFAULT true,
	"created_at" timestamp (3) with time zone DEFAULT now(),
	"last_used_at" timestamp (3) with time zone,
	CONSTRAINT "api_keys_key_hash_unique" UNIQUE("key_hash")
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"api_key_id" uuid,
	"endpoint" varchar(255),
	"method" varchar(10),
	"ip_address" "inet",
	"timestamp" timestamp (3) with time zone DEFAULT now(),
	"response_code" integer
);
--> statement-breakpoint
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_api_key_id_api_keys_id_fk" FOREIGN KEY ("api_key_id") REFERENCES "public"."api_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "analyses_newest" ON "analyses" USING btree ("timestamp" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "analyses_facility_newest" ON "analyses" USING btree ("facility","timestamp" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "analyses_product_newest" ON "analyses" USING btree ("product_sku","timestamp" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "analyses_defects_newest" ON "analyses" USING btree ("timestamp" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE defect_detected;--> statement-breakpoint
CREATE INDEX "analyses_duplicate" ON "analyses" USING btree ("image_sha256","product_sku","facility");--> statement-breakpoint
CREATE INDEX "analyses_image" ON "analyses" USING btree ("image_s3_key");--> statement-breakpoint
CREATE INDEX "analyses_search" ON "analyses" USING gin ("search_text" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "audit_log_newest" ON "audit_log" USING btree ("timestamp" DESC NULLS FIRST);