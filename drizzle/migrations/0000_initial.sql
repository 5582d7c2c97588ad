-- For the index analyses_search. RDS lets its master user create them (trusted extensions since PostgreSQL 13).
CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS btree_gin;
--> statement-breakpoint
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
	"review_reason" varchar(30),
	"photo_faults" jsonb,
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
	"ingest_id" uuid,
	"request_ref" varchar(60),
	"review" jsonb,
	"reviewed_verdict" varchar(10),
	"reviewed_type" varchar(50),
	"corrected_sku" varchar(50),
	"voided" boolean DEFAULT false NOT NULL,
	"random_check" boolean DEFAULT false NOT NULL,
	"tolerated" boolean DEFAULT false NOT NULL,
	"explanation" jsonb,
	"final_defect" boolean GENERATED ALWAYS AS (case reviewed_verdict when 'ng' then true when 'ok' then false else defect_detected and not tolerated end) STORED,
	"final_verdict" varchar(10) GENERATED ALWAYS AS (coalesce(reviewed_verdict, verdict)) STORED,
	"judged" boolean GENERATED ALWAYS AS (coalesce(reviewed_verdict in ('ok', 'ng'), false)) STORED,
	"counted" boolean GENERATED ALWAYS AS (not voided and not (coalesce(review_reason, '') = 'photo_unusable' and coalesce(reviewed_verdict, 'review') = 'review')) STORED,
	"to_retake" boolean GENERATED ALWAYS AS (not voided and (coalesce(review_reason, '') = 'photo_unusable' and coalesce(reviewed_verdict, 'review') = 'review')) STORED,
	"waiting" boolean GENERATED ALWAYS AS (not voided and not (coalesce(review_reason, '') = 'photo_unusable' and coalesce(reviewed_verdict, 'review') = 'review') and (coalesce(reviewed_verdict, '') = 'review' or (reviewed_verdict is null and (verdict = 'review' or random_check)))) STORED,
	"final_type" varchar(50) GENERATED ALWAYS AS (case when reviewed_verdict in ('ok', 'ng') then reviewed_type when defect_detected then coalesce(defect_type, 'unknown') end) STORED,
	"final_severity" varchar(20) GENERATED ALWAYS AS (case when reviewed_verdict in ('ok', 'ng') then case when reviewed_type is null then null else coalesce(review ->> 'severity', 'cosmetic') end when defect_detected then coalesce(severity, 'cosmetic') end) STORED,
	"search_text" text GENERATED ALWAYS AS (lower(defect_id || ' ' || product_sku || ' ' || coalesce(description, '') || ' ' || coalesce(root_cause, '') || ' ' || coalesce(part_id, '') || ' ' || coalesce(station, '') || ' ' || coalesce(line_id, '') || ' ' || coalesce(shift, '') || ' ' || coalesce(lot, '') || ' ' || coalesce(operator, '') || ' ' || coalesce(event_id, '') || ' ' || coalesce(file_name, ''))) STORED,
	CONSTRAINT "analyses_defect_id_unique" UNIQUE("defect_id"),
	CONSTRAINT "analyses_one_origin" CHECK (request_ref is null or ingest_id is null),
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
	"prefix" varchar(16),
	"last_four" varchar(4),
	"scopes" text[],
	"expires_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"previous_key_hash" varchar(128),
	"previous_expires_at" timestamp (3) with time zone,
	"model_rate_limit" integer,
	"daily_analyses" integer,
	"daily_tokens" bigint,
	"daily_cost_usd" numeric(12, 6),
	"created_by" varchar(60),
	CONSTRAINT "api_keys_key_hash_unique" UNIQUE("key_hash"),
	CONSTRAINT "api_keys_previous_key_hash_unique" UNIQUE("previous_key_hash")
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"api_key_id" uuid,
	"endpoint" varchar(255),
	"method" varchar(10),
	"ip_address" "inet",
	"timestamp" timestamp (3) with time zone DEFAULT now(),
	"response_code" integer,
	"request_id" varchar(100),
	"caller" varchar(60),
	"person" varchar(100),
	"calls" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "chart_baselines" (
	"scope" jsonb PRIMARY KEY NOT NULL,
	"from" timestamp (3) with time zone NOT NULL,
	"to" timestamp (3) with time zone NOT NULL,
	"inspected" integer NOT NULL,
	"defects" integer NOT NULL,
	"person" varchar(100) NOT NULL,
	"caller" varchar(60) NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"type" varchar(50) NOT NULL,
	"subject" varchar(255) NOT NULL,
	"defect_id" varchar(50) NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "events_subject_unique" UNIQUE("subject")
);
--> statement-breakpoint
CREATE TABLE "explanations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"analysis_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"edited" boolean NOT NULL,
	"texts" jsonb NOT NULL,
	"language" varchar(10) NOT NULL,
	"person" varchar(100) NOT NULL,
	"caller" varchar(60) NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "explanations_of_analysis" UNIQUE("analysis_id","number")
);
--> statement-breakpoint
CREATE TABLE "housekeeping_runs" (
	"job" varchar(40) PRIMARY KEY NOT NULL,
	"succeeded_at" timestamp (3) with time zone DEFAULT now() NOT NULL
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
CREATE TABLE "inspected_units" (
	"facility" varchar(50) NOT NULL,
	"day" date NOT NULL,
	"shift" varchar(100) DEFAULT '' NOT NULL,
	"line_id" varchar(100) DEFAULT '' NOT NULL,
	"product_sku" varchar(50) NOT NULL,
	"units" integer NOT NULL,
	"person" varchar(100) NOT NULL,
	"caller" varchar(60) NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "inspected_units_facility_day_shift_line_id_product_sku_pk" PRIMARY KEY("facility","day","shift","line_id","product_sku")
);
--> statement-breakpoint
CREATE TABLE "photo_limits" (
	"scope" varchar(10) NOT NULL,
	"name" varchar(100) NOT NULL,
	"limits" jsonb NOT NULL,
	"person" varchar(100) NOT NULL,
	"caller" varchar(60) NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "photo_limits_scope_name_pk" PRIMARY KEY("scope","name")
);
--> statement-breakpoint
CREATE TABLE "review_thresholds" (
	"product_sku" varchar(50) PRIMARY KEY NOT NULL,
	"review_below" numeric(5, 4) NOT NULL,
	"person" varchar(100) NOT NULL,
	"caller" varchar(60) NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reviews" (
	"id" uuid PRIMARY KEY NOT NULL,
	"analysis_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"kind" varchar(10) NOT NULL,
	"verdict" varchar(10),
	"defect_detected" boolean,
	"defect_type" varchar(50),
	"severity" varchar(20),
	"bounding_box" jsonb,
	"defects" jsonb,
	"product_sku" varchar(50),
	"voided" boolean NOT NULL,
	"comment" text,
	"person" varchar(100) NOT NULL,
	"caller" varchar(60) NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"request_ref" varchar(60),
	CONSTRAINT "reviews_request_ref_unique" UNIQUE("request_ref"),
	CONSTRAINT "reviews_of_analysis" UNIQUE("analysis_id","number")
);
--> statement-breakpoint
CREATE TABLE "shift_hours" (
	"facility" varchar(50) NOT NULL,
	"from_day" date NOT NULL,
	"name" varchar(40) NOT NULL,
	"start_minute" smallint NOT NULL,
	"end_minute" smallint NOT NULL,
	"person" varchar(100) NOT NULL,
	"caller" varchar(60) NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "shift_hours_facility_from_day_name_pk" PRIMARY KEY("facility","from_day","name")
);
--> statement-breakpoint
CREATE TABLE "measure_tallies" (
	"days" smallint NOT NULL,
	"start" date NOT NULL,
	"facility" varchar(50) NOT NULL,
	"measure" varchar(10) NOT NULL,
	"bin" integer NOT NULL,
	"photos" integer NOT NULL,
	CONSTRAINT "measure_tallies_cell" UNIQUE("days","start","facility","measure","bin")
);
--> statement-breakpoint
CREATE TABLE "photo_tallies" (
	"days" smallint NOT NULL,
	"start" date NOT NULL,
	"facility" varchar(50) NOT NULL,
	"product_sku" varchar(50) NOT NULL,
	"line_id" varchar(100),
	"station" varchar(100),
	"analyzer" varchar(20) NOT NULL,
	"model_version" varchar(100),
	"photos" integer NOT NULL,
	"judged" integer NOT NULL,
	"waiting" integer NOT NULL,
	"final_passed" integer NOT NULL,
	"final_open" integer NOT NULL,
	"ai_passed" integer NOT NULL,
	"ai_open" integer NOT NULL,
	"human_passed" integer NOT NULL,
	"rated" integer NOT NULL,
	"confidence_sum" bigint NOT NULL,
	"latency_sum" bigint NOT NULL,
	"priced" integer NOT NULL,
	"cost_sum" bigint NOT NULL,
	CONSTRAINT "photo_tallies_cell" UNIQUE NULLS NOT DISTINCT("days","start","facility","product_sku","line_id","station","analyzer","model_version")
);
--> statement-breakpoint
CREATE TABLE "translations" (
	"analysis_id" uuid NOT NULL,
	"language" varchar(10) NOT NULL,
	"texts" jsonb NOT NULL,
	"model_version" varchar(100) NOT NULL,
	"prompt_version" varchar(100) NOT NULL,
	"tokens" integer NOT NULL,
	"cost_usd" numeric(12, 6),
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "translations_analysis_id_language_pk" PRIMARY KEY("analysis_id","language")
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
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_api_key_id_api_keys_id_fk" FOREIGN KEY ("api_key_id") REFERENCES "public"."api_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "explanations" ADD CONSTRAINT "explanations_analysis_id_analyses_id_fk" FOREIGN KEY ("analysis_id") REFERENCES "public"."analyses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_analysis_id_analyses_id_fk" FOREIGN KEY ("analysis_id") REFERENCES "public"."analyses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "translations" ADD CONSTRAINT "translations_analysis_id_analyses_id_fk" FOREIGN KEY ("analysis_id") REFERENCES "public"."analyses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "analyses_newest" ON "analyses" USING btree ("timestamp" DESC NULLS FIRST,"id" DESC NULLS FIRST,"facility","product_sku","corrected_sku","line_id","station","part_id","analyzer","model_version","voided","counted","waiting","judged","verdict","final_verdict","final_defect","final_type","final_severity","defect_detected","tolerated","defect_type","severity","probable_stage","confidence","latency_ms","cost_usd");--> statement-breakpoint
CREATE INDEX "analyses_facility_newest" ON "analyses" USING btree ("facility","timestamp" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "analyses_product_newest" ON "analyses" USING btree ((coalesce(corrected_sku, product_sku)),"timestamp" DESC NULLS FIRST,"id" DESC NULLS FIRST,"facility","product_sku","corrected_sku","counted","confidence","latency_ms");--> statement-breakpoint
CREATE INDEX "analyses_attention_newest" ON "analyses" USING btree ("timestamp" DESC NULLS FIRST,"id" DESC NULLS FIRST,"facility","product_sku","corrected_sku","line_id","station","analyzer","model_version","verdict","final_verdict","waiting","to_retake","random_check","voided","judged","reviewed_type","defect_detected") WHERE final_verdict <> 'ok' or waiting or to_retake or random_check;--> statement-breakpoint
CREATE INDEX "analyses_defects_newest" ON "analyses" USING btree ("timestamp" DESC NULLS FIRST,"id" DESC NULLS FIRST,"facility","product_sku","corrected_sku","line_id","station","analyzer","model_version","counted","judged","verdict","final_verdict","final_defect","final_type","final_severity","defect_detected","tolerated","defect_type","severity","probable_stage") WHERE final_defect or defect_detected;--> statement-breakpoint
CREATE INDEX "analyses_reviewed_newest" ON "analyses" USING btree ("timestamp" DESC NULLS FIRST,"id" DESC NULLS FIRST,"facility","product_sku","corrected_sku","model_version","voided","reviewed_verdict","reviewed_type","defect_detected","defect_type","confidence") WHERE review is not null or reviewed_verdict is not null or voided;--> statement-breakpoint
CREATE INDEX "analyses_search" ON "analyses" USING gin ((lower(normalize(search_text, NFKC) collate "und-x-icu")) gin_trgm_ops,"part_id","lot","line_id","station","operator");--> statement-breakpoint
CREATE INDEX "analyses_duplicate" ON "analyses" USING btree ("image_sha256");--> statement-breakpoint
CREATE INDEX "analyses_image" ON "analyses" USING btree ("image_s3_key");--> statement-breakpoint
CREATE UNIQUE INDEX "analyses_origin" ON "analyses" USING btree ((coalesce(request_ref, ingest_id::text))) WHERE request_ref is not null or ingest_id is not null;--> statement-breakpoint
CREATE INDEX "analyses_latency" ON "analyses" USING btree ("latency_ms","timestamp","facility","product_sku","corrected_sku","counted");--> statement-breakpoint
CREATE INDEX "audit_log_newest" ON "audit_log" USING btree ("timestamp" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idempotency_keys_oldest" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "ingest_jobs_waiting" ON "ingest_jobs" USING btree ("enqueued_at") WHERE status = 'queued';--> statement-breakpoint
CREATE INDEX "ingest_jobs_image" ON "ingest_jobs" USING btree ("image_key");--> statement-breakpoint
CREATE INDEX "ingest_jobs_finished" ON "ingest_jobs" USING btree ("finished_at") WHERE finished_at is not null;--> statement-breakpoint
-- The lower end of a step: fine enough that one holds few photos, and with the borders of the dashboard's bins among the ends.
CREATE FUNCTION latency_step(ms integer) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
	ms - ms % CASE WHEN ms < 1000 THEN 25 WHEN ms < 5000 THEN 50 WHEN ms < 10000 THEN 100 WHEN ms < 30000 THEN 500 ELSE 1000 END;
--> statement-breakpoint
-- photo_tallies and measure_tallies follow every change of analyses, in the same statement. One text makes the functions of all triggers and the one
-- that counts anew. Rows are written in the order of the key, so that two transactions do not wait for each other. The functions run with the
-- owner's rights: the API's own user may only read the tallies.
DO $make$
DECLARE
	template CONSTANT text := $body$
	WITH photo AS (
		SELECT sign, facility, coalesce(corrected_sku, product_sku) AS product_sku, line_id, station, analyzer, model_version,
			judged, waiting, verdict, final_verdict, final_defect, defect_detected AND NOT tolerated AS ai_defect, confidence, latency_ms, cost_usd,
			"timestamp" AT TIME ZONE interval '8 hours' AS clock
		FROM {source} AS source WHERE counted
	)
	INSERT INTO photo_tallies AS tally (days, start, facility, product_sku, line_id, station, analyzer, model_version, photos, judged, waiting,
		final_passed, final_open, ai_passed, ai_open, human_passed, rated, confidence_sum, latency_sum, priced, cost_sum)
	SELECT days, start, facility, product_sku, line_id, station, analyzer, model_version,
		sum(sign),
		sum(CASE WHEN judged THEN sign ELSE 0 END),
		sum(CASE WHEN waiting THEN sign ELSE 0 END),
		sum(CASE WHEN NOT final_defect AND final_verdict = 'ok' THEN sign ELSE 0 END),
		sum(CASE WHEN NOT final_defect AND final_verdict <> 'ok' THEN sign ELSE 0 END),
		sum(CASE WHEN NOT ai_defect AND verdict = 'ok' THEN sign ELSE 0 END),
		sum(CASE WHEN NOT ai_defect AND verdict <> 'ok' THEN sign ELSE 0 END),
		sum(CASE WHEN judged AND NOT final_defect THEN sign ELSE 0 END),
		sum(CASE WHEN confidence IS NOT NULL THEN sign ELSE 0 END),
		sum(coalesce(sign * confidence * 10000, 0))::bigint,
		sum(sign * latency_ms::bigint),
		sum(CASE WHEN cost_usd IS NOT NULL THEN sign ELSE 0 END),
		sum(coalesce(sign * cost_usd * 1000000, 0))::bigint
	FROM photo CROSS JOIN LATERAL (VALUES (1, clock::date), (7, date_trunc('week', clock)::date)) AS span (days, start)
	GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
	ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
	ON CONFLICT ON CONSTRAINT photo_tallies_cell DO UPDATE SET
		photos = tally.photos + excluded.photos,
		judged = tally.judged + excluded.judged,
		waiting = tally.waiting + excluded.waiting,
		final_passed = tally.final_passed + excluded.final_passed,
		final_open = tally.final_open + excluded.final_open,
		ai_passed = tally.ai_passed + excluded.ai_passed,
		ai_open = tally.ai_open + excluded.ai_open,
		human_passed = tally.human_passed + excluded.human_passed,
		rated = tally.rated + excluded.rated,
		confidence_sum = tally.confidence_sum + excluded.confidence_sum,
		latency_sum = tally.latency_sum + excluded.latency_sum,
		priced = tally.priced + excluded.priced,
		cost_sum = tally.cost_sum + excluded.cost_sum;

	WITH photo AS (
		SELECT sign, facility, confidence, latency_ms, "timestamp" AT TIME ZONE interval '8 hours' AS clock FROM {source} AS source WHERE counted
	)
	INSERT INTO measure_tallies AS tally (days, start, facility, measure, bin, photos)
	SELECT days, start, facility, measure, bin, sum(sign)
	FROM photo
		CROSS JOIN LATERAL (VALUES (1, clock::date), (7, date_trunc('week', clock)::date)) AS span (days, start)
		CROSS JOIN LATERAL (
			VALUES ('confidence', least(floor(confidence * 10), 9)::integer), ('latency', latency_step(latency_ms))
		) AS measured (measure, bin)
	WHERE bin IS NOT NULL
	GROUP BY 1, 2, 3, 4, 5
	HAVING sum(sign) <> 0
	ORDER BY 1, 2, 3, 4, 5
	ON CONFLICT ON CONSTRAINT measure_tallies_cell DO UPDATE SET photos = tally.photos + excluded.photos;
	$body$;
	head CONSTANT text := ' LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS ';
BEGIN
	EXECUTE 'CREATE FUNCTION tally_added() RETURNS trigger' || head
		|| quote_literal('BEGIN ' || replace(template, '{source}', '(SELECT 1 AS sign, * FROM added)') || ' RETURN NULL; END');
	EXECUTE 'CREATE FUNCTION tally_removed() RETURNS trigger' || head
		|| quote_literal('BEGIN ' || replace(template, '{source}', '(SELECT -1 AS sign, * FROM removed)') || ' RETURN NULL; END');
	EXECUTE 'CREATE FUNCTION tally_changed() RETURNS trigger' || head
		|| quote_literal('BEGIN ' || replace(template, '{source}', '(SELECT 1 AS sign, * FROM added UNION ALL SELECT -1, * FROM removed)')
		|| ' RETURN NULL; END');
	-- After a restore of the data alone, or where the tallies are in doubt. Nothing can be added meanwhile.
	EXECUTE 'CREATE FUNCTION recount_tallies() RETURNS void' || head
		|| quote_literal('BEGIN LOCK TABLE analyses IN SHARE MODE; DELETE FROM photo_tallies; DELETE FROM measure_tallies; '
		|| replace(template, '{source}', '(SELECT 1 AS sign, * FROM analyses)') || ' END');
END
$make$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION recount_tallies() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER analyses_added AFTER INSERT ON analyses REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION tally_added();
--> statement-breakpoint
CREATE TRIGGER analyses_removed AFTER DELETE ON analyses REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION tally_removed();
--> statement-breakpoint
CREATE TRIGGER analyses_changed AFTER UPDATE ON analyses REFERENCING OLD TABLE AS removed NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION tally_changed();
--> statement-breakpoint
-- Removes up to `most` rows of the audit log that are older than `keep_days`, which may not be less than 90, and returns their number.
-- It runs with the owner's rights: the API's own user may add rows, and neither change nor remove one.
CREATE FUNCTION prune_audit_log(keep_days integer, most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	removed integer;
BEGIN
	IF keep_days IS NULL OR keep_days < 90 THEN
		RAISE EXCEPTION 'rows of the audit log are kept for 90 days at least' USING ERRCODE = 'invalid_parameter_value';
	END IF;
	DELETE FROM public.audit_log WHERE id IN (
		SELECT id FROM public.audit_log WHERE "timestamp" < now() - make_interval(days => keep_days)
		ORDER BY "timestamp" LIMIT most FOR UPDATE SKIP LOCKED
	);
	GET DIAGNOSTICS removed = ROW_COUNT;
	RETURN removed;
END
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION prune_audit_log(integer, integer) FROM PUBLIC;
