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
ALTER TABLE "reviews" ADD COLUMN "defects" jsonb;--> statement-breakpoint
CREATE INDEX "analyses_final_named" ON "analyses" USING btree ("final_type","final_severity","probable_stage") WHERE final_defect;