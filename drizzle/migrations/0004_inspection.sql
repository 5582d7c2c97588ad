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
ALTER TABLE "translations" ADD CONSTRAINT "translations_analysis_id_analyses_id_fk" FOREIGN KEY ("analysis_id") REFERENCES "public"."analyses"("id") ON DELETE no action ON UPDATE no action;