CREATE TABLE "housekeeping_runs" (
	"job" varchar(40) PRIMARY KEY NOT NULL,
	"succeeded_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "ingest_jobs_finished" ON "ingest_jobs" USING btree ("finished_at") WHERE finished_at is not null;--> statement-breakpoint
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
