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
