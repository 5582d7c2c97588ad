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
