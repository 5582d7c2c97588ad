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
ALTER TABLE "analyses" ADD COLUMN "review" jsonb;--> statement-breakpoint
ALTER TABLE "analyses" ADD COLUMN "reviewed_verdict" varchar(10);--> statement-breakpoint
ALTER TABLE "analyses" ADD COLUMN "reviewed_type" varchar(50);--> statement-breakpoint
ALTER TABLE "analyses" ADD COLUMN "corrected_sku" varchar(50);--> statement-breakpoint
ALTER TABLE "analyses" ADD COLUMN "voided" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_analysis_id_analyses_id_fk" FOREIGN KEY ("analysis_id") REFERENCES "public"."analyses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "analyses_effective_product_newest" ON "analyses" USING btree ((coalesce(corrected_sku, product_sku)),"timestamp" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "analyses_verdict_newest" ON "analyses" USING btree ("verdict","timestamp" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "analyses_effective_verdict_newest" ON "analyses" USING btree ((coalesce(reviewed_verdict, verdict)),"timestamp" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "analyses_reviewed_newest" ON "analyses" USING btree ("timestamp" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE review is not null;--> statement-breakpoint
CREATE INDEX "analyses_unreviewed_newest" ON "analyses" USING btree ("timestamp" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE review is null;--> statement-breakpoint
CREATE INDEX "analyses_voided_newest" ON "analyses" USING btree ("timestamp" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE voided;--> statement-breakpoint
CREATE INDEX "analyses_judged" ON "analyses" USING btree ("timestamp","facility","product_sku","corrected_sku","model_version","reviewed_verdict","reviewed_type","defect_detected","defect_type","confidence") WHERE reviewed_verdict is not null and not voided;--> statement-breakpoint
CREATE INDEX "analyses_counted" ON "analyses" USING btree ("defect_detected","defect_type","severity","probable_stage") WHERE not voided;