--> statement-breakpoint
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
