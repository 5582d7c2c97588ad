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
ALTER TABLE "analyses" ADD COLUMN "review_reason" varchar(30);--> statement-breakpoint
ALTER TABLE "analyses" ADD COLUMN "photo_faults" jsonb;