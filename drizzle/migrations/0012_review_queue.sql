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
ALTER TABLE "analyses" ADD COLUMN "random_check" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "analyses" ADD COLUMN "tolerated" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "analyses" ADD COLUMN "explanation" jsonb;--> statement-breakpoint
ALTER TABLE "explanations" ADD CONSTRAINT "explanations_analysis_id_analyses_id_fk" FOREIGN KEY ("analysis_id") REFERENCES "public"."analyses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "analyses_waiting_newest" ON "analyses" USING btree ("verdict","timestamp" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE (not voided and not (coalesce(review_reason, '') = 'photo_unusable' and coalesce(reviewed_verdict, 'review') = 'review') and (coalesce(reviewed_verdict, '') = 'review' or (reviewed_verdict is null and (verdict = 'review' or random_check))));--> statement-breakpoint
CREATE INDEX "analyses_retake_newest" ON "analyses" USING btree ("timestamp" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE (not voided and (coalesce(review_reason, '') = 'photo_unusable' and coalesce(reviewed_verdict, 'review') = 'review'));--> statement-breakpoint
CREATE INDEX "analyses_random_check" ON "analyses" USING btree ("timestamp" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE random_check and not voided;--> statement-breakpoint
CREATE INDEX "analyses_inspected" ON "analyses" USING btree ("timestamp","id","facility","product_sku","corrected_sku","line_id","shift","part_id","verdict","reviewed_verdict","review_reason","random_check","tolerated","voided","final_defect","final_type","final_severity","defect_detected","defect_type","severity","probable_stage","confidence","latency_ms","cost_usd") WHERE not voided;