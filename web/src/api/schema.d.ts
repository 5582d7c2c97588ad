// Written by `npm run openapi` from the API's OpenAPI document; not to be edited.
export interface paths {
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Liveness of the process; checks no dependency */
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Readiness: database and image store answer, and the process is not shutting down */
        get: operations["ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The analyzer in use, whether sign-in is required, and the upload limits */
        get: operations["info"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/defect-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Defect types */
        get: operations["listDefectTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/production-stages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Production stages, in order */
        get: operations["listProductionStages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/facilities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Facilities */
        get: operations["listFacilities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Products that can be inspected */
        get: operations["listProducts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchange an API key and a name for a bearer token of 12 hours
         * @description If no API_KEY is configured (development), the key may be omitted.
         */
        post: operations["signIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List API keys, newest first, without the keys themselves */
        get: operations["listKeys"];
        put?: never;
        /**
         * Create a key; it is only shown in this response
         * @description Scopes default to analyse and read, and cannot exceed those of the caller.
         */
        post: operations["createKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change what a key may do: description, scopes, limits, budgets, expiry */
        patch: operations["changeKey"];
        trace?: never;
    };
    "/api/v1/keys/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate a key; the previous value stays valid for a while
         * @description Limits, budgets and duplicates stay. A value from an earlier rotation becomes invalid at once.
         */
        post: operations["rotateKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Revoke a key and its sessions permanently
         * @description Takes effect at once in the task that responds, and within 30 s in the others.
         */
        post: operations["revokeKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Calls and their callers, newest first
         * @description One entry per call. Refused calls (401, 429 and every 4xx of anonymous callers) are summed by minute.
         */
        get: operations["listAuditLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit-log.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The audit log as CSV, with the same filters */
        get: operations["exportAuditLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Usage and budgets of the service and each key, by UTC day */
        get: operations["usage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analyze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Analyse one photo
         * @description Takes a form with the file part "image", or JSON with the picture as base64. JPEG, PNG or WebP, told by the bytes.
         */
        post: operations["analyze"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analyze/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Analyse 1 to 50 photos
         * @description A file that is refused or fails does not sink the rest; it is listed in failures.
         */
        post: operations["analyzeBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ingest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Queue a photo for analysis
         * @description Like /analyze, but answers before the analysis. The picture passes the same checks. Once accepted, the picture and its analysis cannot be lost.
         */
        post: operations["ingest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ingest/{image_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** State and result of a queued photo */
        get: operations["getIngest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analyses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The history, newest first unless order says otherwise */
        get: operations["listAnalyses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analyses/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many the history has, with the same filters */
        get: operations["countAnalyses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analyses.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The history as CSV, with the same filters */
        get: operations["exportAnalyses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analyses/{defect_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One result */
        get: operations["getAnalysis"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analyses/{defect_id}/image": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The upright picture, or a small one
         * @description With a key or session, or by the signed URL in image_url, which an <img> on another origin can use.
         */
        get: operations["getAnalysisImage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analyses/{defect_id}/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What people have said of a result, the newest first */
        get: operations["listReviews"];
        put?: never;
        /**
         * Say what a person thinks of a result
         * @description Confirm, correct or be unsure; void a test shot, or reinstate it. The newest review counts, all are kept. What the model said stays in the flat fields; "effective" is what counts.
         */
        post: operations["addReview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analyses/{defect_id}/explanation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Confirm causes and actions as they stand, or say what they are
         * @description What the analyzer writes of causes and actions is a draft until a person confirms it here; who reviews the verdict does not. Texts that are left out stay as they stand: an empty body confirms all. What the analyzer wrote stays in the flat fields. The same said again by the same person changes nothing.
         */
        put: operations["setExplanation"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analyses/{defect_id}/explanations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Causes and actions as people have confirmed them, the newest first */
        get: operations["listExplanations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analyses/{defect_id}/translations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the translations of an analysis */
        get: operations["listTranslations"];
        put?: never;
        /**
         * Translate the texts of an analysis
         * @description The model translates the texts once per language; later requests get the stored translation. A new translation counts as one analysis of the daily budgets. The local analyzer can only translate its own texts. Texts are converted between zh-Hans and zh-Hant by a table, without the model and at no cost; these conversions are always listed.
         */
        post: operations["translate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/review-thresholds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Below which confidence a verdict goes to a person, by product */
        get: operations["listReviewThresholds"];
        /**
         * Set the threshold of a product, for photos from now on
         * @description Counts at once in the task that answers, within 30 s in the others. Results that are stored stay.
         */
        put: operations["setReviewThreshold"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/review-thresholds/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How sure the model was of a product's last parts, to choose a threshold by
         * @description By confidence alone: an answer that had to be repaired goes to review at any. Void ones and photos that could not be judged are left out.
         */
        get: operations["previewReviewThreshold"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/photo-limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Limits that a photo must meet to be judged, by default and by product or station */
        get: operations["listPhotoLimits"];
        /**
         * Set the limits of a product or a station for future photos
         * @description Replaces all limits of the product or station. Takes effect at once in the task that answers, and within 30 s in the others. Stored results do not change.
         */
        put: operations["setPhotoLimits"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/quality": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far model and people agree: precision, recall, confusion, calibration
         * @description Only of what people have confirmed or corrected. That is no fair sample: people look at suspects first, so what the model passed is seldom looked at and detection.recall is flattered. recall_estimate is of the parts that were drawn at random for review, and honest.
         */
        get: operations["quality"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shift-report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Summary of a shift: of the analyses sent, or of the stored ones of a shift, a day or a time range
         * @description Of stored results: facility and day (and shift); from and to; or the facility alone for its shift that has ended last. By the final verdict unless truth says otherwise: a person's where there is one, else the model's; of analyses that are sent, as their effective has it. What people have voided is left out. GET /quality has how far they agree.
         */
        post: operations["shiftReport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shift-report.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The shift report of stored results as CSV: the totals, then the defects */
        get: operations["exportShiftReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Totals over all stored results but void ones, by the model's word; the breakdowns count defects only */
        get: operations["stats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/defects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest detected defects but void ones, by the model's word */
        get: operations["listDefects"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The figures of the dashboard: rates, trend, breakdowns, confidence, time and cost
         * @description By the final verdict unless truth says otherwise: a person's where there is one, else the analyzer's. Void analyses are counted nowhere, and answers from the store made no analysis. Confidence, time and cost are of all photos, whoever judged them; figures.human_confirmed of figures.photos says how many a person has confirmed. Of what people have judged only, as truth human has it, the rate is no fair sample: people look at suspects first.
         */
        get: operations["statistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/statistics/choices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lines, stations and models of the last 90 days, and the shifts in force then, to choose from */
        get: operations["statisticsChoices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inspected-units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many units were inspected, as people entered it: the newest days first */
        get: operations["listInspectedUnits"];
        /**
         * Enter, correct or remove how many units were inspected
         * @description One number for each facility, day, shift, line and product; sent again, it replaces the one before. A number for all shifts or all lines and one for a single of them would count the same units twice: the second is a 409.
         */
        put: operations["setInspectedUnits"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shifts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shift hours of each facility, and the shift that ended last */
        get: operations["listShifts"];
        /**
         * Set the shift hours of a facility from a given day on
         * @description Replaces the hours set for that day and later; shifts that began earlier keep their hours. Shifts need not cover the whole day. Takes effect at once in the task that answers, and within 30 s in the others.
         */
        put: operations["setShifts"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chart-baselines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The frozen centre lines of the p chart, the newest first */
        get: operations["listChartBaselines"];
        /**
         * Freeze the centre line of the p chart, or remove it
         * @description The range is counted once; photos and reviews that come later do not change the baseline. It counts for charts with just these filters, basis and truth, and replaces the one before.
         */
        put: operations["setChartBaseline"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Review: {
            /**
             * Format: uuid
             * @description For "after" of the next review
             */
            id: string;
            /** @description 1, 2, 3 ... of its analysis */
            number: number;
            /**
             * @description confirm: the model is right. correct: it is not, or the SKU is wrong. unsure: somebody else should look. void: a test shot or the like, counted nowhere. reinstate: not void after all
             * @enum {unknown}
             */
            kind: "confirm" | "correct" | "unsure" | "void" | "reinstate";
            /** @description The people's verdict as it stands; review: unsure; null: nobody has judged the part */
            verdict: ("ok" | "ng" | "review") | null;
            defect_detected: boolean | null;
            defect_type: ("blade_scratch" | "blade_chip" | "edge_irregularity" | "handle_crack" | "handle_discoloration" | "weld_defect" | "polish_defect" | "rust_spot" | "dimensional_error" | "assembly_misalignment" | "surface_contamination" | "heat_treatment_defect" | "unknown") | null;
            severity: ("critical" | "major" | "minor" | "cosmetic") | null;
            bounding_box: {
                x: number;
                y: number;
                width: number;
                height: number;
            } | null;
            /** @description All defects, the worst first: the fields above repeat it. Empty where there is none or nobody has judged */
            defects: {
                /** @enum {unknown} */
                defect_type: "blade_scratch" | "blade_chip" | "edge_irregularity" | "handle_crack" | "handle_discoloration" | "weld_defect" | "polish_defect" | "rust_spot" | "dimensional_error" | "assembly_misalignment" | "surface_contamination" | "heat_treatment_defect" | "unknown";
                /** @enum {unknown} */
                severity: "critical" | "major" | "minor" | "cosmetic";
                bounding_box: {
                    x: number;
                    y: number;
                    width: number;
                    height: number;
                } | null;
            }[];
            product_sku: string | null;
            voided: boolean;
            comment: string | null;
            person: string;
            /** Format: date-time */
            reviewed_at: string;
        };
        Effective: {
            /** @enum {unknown} */
            verdict: "ok" | "ng" | "review";
            defect_detected: boolean;
            /** @enum {unknown} */
            defect_type: "blade_scratch" | "blade_chip" | "edge_irregularity" | "handle_crack" | "handle_discoloration" | "weld_defect" | "polish_defect" | "rust_spot" | "dimensional_error" | "assembly_misalignment" | "surface_contamination" | "heat_treatment_defect" | "unknown";
            /** @enum {unknown} */
            severity: "critical" | "major" | "minor" | "cosmetic";
            product_sku: string;
            /**
             * @description human: a person has confirmed or corrected it. An unsure person makes the verdict review; the rest stays the model's
             * @enum {unknown}
             */
            source: "model" | "human";
            /** @description True: counted nowhere */
            voided: boolean;
        };
        Explanation: {
            /**
             * Format: uuid
             * @description For "after" of the next change
             */
            id: string;
            /** @description 1, 2, 3 ... of its analysis */
            number: number;
            /** @description False: word for word what the analyzer wrote */
            edited: boolean;
            root_cause: string;
            five_why_chain: string[];
            corrective_actions: string[];
            preventive_actions: string[];
            /** @enum {unknown} */
            language: "en" | "zh-Hans" | "zh-Hant";
            person: string;
            /** Format: date-time */
            confirmed_at: string;
        };
        Analysis: {
            /** @example DEF-20261122-1A2B3C4D */
            defect_id: string;
            /** Format: date-time */
            timestamp: string;
            /** @enum {unknown} */
            facility: "hongkong" | "shenzhen" | "yangjiang";
            /** @example WK-KN-200 */
            product_sku: string;
            defect_detected: boolean;
            /** @enum {unknown} */
            defect_type: "blade_scratch" | "blade_chip" | "edge_irregularity" | "handle_crack" | "handle_discoloration" | "weld_defect" | "polish_defect" | "rust_spot" | "dimensional_error" | "assembly_misalignment" | "surface_contamination" | "heat_treatment_defect" | "unknown";
            /** @enum {unknown} */
            severity: "critical" | "major" | "minor" | "cosmetic";
            /** @description The analyzer's own estimate, not a probability */
            confidence: number;
            description: string;
            /** @enum {unknown} */
            affected_area: "blade" | "edge" | "handle" | "bolster" | "rivet" | "overall";
            bounding_box: {
                x: number;
                y: number;
                width: number;
                height: number;
            } | null;
            probable_stage: ("blade_stamp" | "bolster_welding" | "back_edge_polishing" | "taper_grinding" | "heat_treatment" | "vacuum_quench" | "handle_injection" | "rivet_assembly" | "handle_polishing" | "blade_glazing" | "cutting_edge_honing" | "logo_print" | "inspection" | "packaging") | null;
            root_cause: string;
            five_why_chain: string[];
            contributing_factors: string[];
            ishikawa_analysis: {
                machine: string;
                material: string;
                method: string;
                man: string;
                measurement: string;
                environment: string;
            } | null;
            corrective_actions: string[];
            preventive_actions: string[];
            reasoning_tokens_used: number;
            model_version: string;
            /** @description All defects, the worst first */
            defects: {
                /** @enum {unknown} */
                defect_type: "blade_scratch" | "blade_chip" | "edge_irregularity" | "handle_crack" | "handle_discoloration" | "weld_defect" | "polish_defect" | "rust_spot" | "dimensional_error" | "assembly_misalignment" | "surface_contamination" | "heat_treatment_defect" | "unknown";
                /** @enum {unknown} */
                severity: "critical" | "major" | "minor" | "cosmetic";
                confidence: number;
                bounding_box: {
                    x: number;
                    y: number;
                    width: number;
                    height: number;
                } | null;
                /** @enum {unknown} */
                affected_area: "blade" | "edge" | "handle" | "bolster" | "rivet" | "overall";
                description: string;
            }[];
            /** @enum {unknown} */
            verdict: "ok" | "ng" | "review";
            /** @description Why the verdict is review. photo_unusable and product_not_recognised: the part could not be judged, and its confidence is 0. Null: another verdict, or a result of an earlier version */
            review_reason: ("photo_unusable" | "product_not_recognised" | "answer_repaired" | "low_confidence") | null;
            /** @description What was measured of a photo that cannot be judged; empty where it was not measured but seen */
            photo_faults: {
                /** @enum {unknown} */
                code: "no_part" | "too_dark" | "overexposed" | "glare" | "out_of_focus" | "grainy" | "part_too_small";
                /** @description As measured */
                value: number;
                /** @description That it missed, as it was then; GET /api/v1/photo-limits says what they are */
                limit: number;
            }[];
            /** @description The newest; null: none. The fields above stay what the model said */
            review: components["schemas"]["Review"] | null;
            effective: components["schemas"]["Effective"];
            /** @description True: cosmetic flaws alone, which the product lets pass: no defect unless a person says so, and the verdict is ok where the confidence allows it */
            tolerated: boolean;
            /** @description True: drawn at random (REVIEW_SAMPLE) to be checked by a person, whatever the verdict */
            random_check: boolean;
            /** @description Causes and actions as a person has confirmed or rewritten them; null: those above are a draft of the analyzer */
            explanation: components["schemas"]["Explanation"] | null;
            /** @description Signed, valid for an hour */
            image_url: string;
            /** @description Signed, valid for an hour; 320 pixels on the long edge */
            thumbnail_url: string;
            image_width: number;
            image_height: number;
            /** @enum {unknown} */
            language: "en" | "zh-Hans" | "zh-Hant";
            /** @description True where the stored answer for the same picture was given */
            duplicate: boolean;
            /** @description azure or local */
            analyzer: string;
            prompt_version: string | null;
            /** @description Milliseconds, from the whole picture received to the result stored */
            latency_ms: number;
            model_latency_ms: number;
            input_tokens: number;
            output_tokens: number;
            cost_usd: number | null;
            production_data?: {
                [key: string]: unknown;
            } | null;
            part_id?: string | null;
            station?: string | null;
            line_id?: string | null;
            shift?: string | null;
            lot?: string | null;
            operator?: string | null;
            event_id?: string | null;
            file_name?: string | null;
        };
        ShiftReport: {
            /** Format: date-time */
            report_timestamp: string;
            /** @enum {string} */
            report_type: "shift_summary";
            /** @description All that took part, comma-separated */
            model_version: string;
            total_inspected: number;
            total_defects: number;
            /** @description Three decimals */
            defect_rate_percent: number;
            target_rate_percent: number;
            /**
             * @description Of the analyses as they are counted here. Of stored results, stored.target judges by inspected units
             * @enum {unknown}
             */
            rate_status: "PASS" | "FAIL";
            /** @description Rate minus target, three decimals */
            rate_variance: number;
            by_defect_type: {
                [key: string]: number;
            };
            by_severity: {
                [key: string]: number;
            };
            by_production_stage: {
                [key: string]: number;
            };
            critical_count: number;
            major_count: number;
            /** @description True where there is any critical defect */
            requires_line_stop: boolean;
            unique_root_causes: string[];
            top_problematic_stage: string | null;
            total_reasoning_tokens: number;
            avg_reasoning_tokens_per_analysis: number;
            /** @description All of them, the worst first */
            defect_details: {
                defect_id: string | null;
                timestamp: string | null;
                product_sku: string | null;
                facility: string | null;
                defect_type: string;
                severity: string;
                probable_stage: string | null;
                confidence: number | null;
                root_cause: string;
                description: string;
                line_id: string | null;
                lot: string | null;
                part_id: string | null;
                /**
                 * @description Whose word makes it a defect
                 * @enum {unknown}
                 */
                verdict_source: "model" | "human";
                /** @description Who has confirmed root_cause, which is the person's then; null: it is the analyzer's draft */
                causes_confirmed_by: string | null;
                /** @description Signed, valid for an hour; null: not of a stored result */
                thumbnail_url: string | null;
            }[];
            /** @description Lots with a critical defect, which stops the line */
            lots_to_quarantine: {
                facility: string | null;
                /** @description Null: parts that came without a lot */
                lot: string | null;
                product_skus: string[];
                line_ids: string[];
                /** @description Of the critical defects */
                part_ids: string[];
                critical: number;
                /** @description All defects of the lot in this report */
                defects: number;
            }[];
        };
        Problem: {
            /**
             * @description URN of the kind of problem
             * @example urn:wiko:problem:unknown-product
             */
            type: string;
            /** @example Unprocessable Content */
            title: string;
            /** @example 422 */
            status: number;
            /** @description What is wrong, and what to do */
            detail: string;
            /** @description The id of the request, as in the log and the X-Request-Id header */
            instance: string;
            /** @description Faults by field */
            errors?: {
                field: string;
                message: string;
            }[];
            /** @enum {boolean} */
            success: false;
            /** @description The same as detail */
            error: string;
        };
        ApiKey: {
            /** Format: uuid */
            id: string;
            description: string | null;
            prefix: string | null;
            last_four: string | null;
            /** @description Default: analyse and read */
            scopes: ("analyse" | "read" | "admin")[];
            rate_limit: number;
            model_rate_limit: number | null;
            daily_analyses: number | null;
            daily_tokens: number | null;
            daily_cost_usd: number | null;
            /** @description Neither revoked nor expired */
            active: boolean;
            created_at: string | null;
            created_by: string | null;
            expires_at: string | null;
            last_used_at: string | null;
            revoked_at: string | null;
            previous_expires_at: string | null;
        };
        AuditEntry: {
            /** Format: uuid */
            id: string;
            /**
             * Format: date-time
             * @description For summed calls, the start of their minute
             */
            timestamp: string;
            actor: string | null;
            key: string | null;
            person: string | null;
            method: string | null;
            endpoint: string | null;
            status: number | null;
            /** @description Number of calls that the entry stands for; refused calls are summed */
            calls: number;
            ip_address: string | null;
            request_id: string | null;
        };
        Translation: {
            /** @enum {unknown} */
            language: "en" | "zh-Hans" | "zh-Hant";
            description: string;
            /** @description In the order of the defects of the analysis */
            defects: {
                description: string;
            }[];
            root_cause: string;
            five_why_chain: string[];
            contributing_factors: string[];
            ishikawa_analysis: {
                machine: string;
                material: string;
                method: string;
                man: string;
                measurement: string;
                environment: string;
            } | null;
            corrective_actions: string[];
            preventive_actions: string[];
            /** @description Translating model; opencc-js for conversion between the Chinese scripts */
            model_version: string;
            prompt_version: string;
            /** @description Input and output tokens */
            tokens: number;
            cost_usd: number | null;
            /** Format: date-time */
            created_at: string;
        };
        /** @description The target is a rate of inspected units: a share of photos is not compared with it */
        TargetCheck: {
            /** @enum {unknown} */
            status: "met" | "missed" | "not_judged";
            /** @description Why it is not judged: nobody has entered inspected units; no number covers some of the photos; the range is a part of a day, and numbers are entered by day and shift */
            reason: ("no_units" | "missing_units" | "part_of_day") | null;
            /** @description Inspected units that were entered for the filters and days */
            units: number;
            /** @description Defective parts, as truth says; 0 where it is not judged */
            defects: number;
            /** @description defects / units, where it is judged. Percent; null of none */
            rate_percent: number | null;
            target_percent: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "healthy";
                        /** @enum {string} */
                        service: "wiko-defect-analyzer";
                        version: string;
                        /** Format: date-time */
                        timestamp: string;
                    };
                };
            };
        };
    };
    ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "ready";
                        checks: {
                            [key: string]: string;
                        };
                    };
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    info: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        version: string;
                        environment: string;
                        analyzer: {
                            /** @enum {unknown} */
                            kind: "azure" | "local";
                            model_version: string;
                        };
                        sign_in_required: boolean;
                        max_image_bytes: number;
                        max_batch_size: number;
                        image_types: string[];
                        languages: string[];
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDefectTypes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        defect_types: {
                            /** @enum {unknown} */
                            code: "blade_scratch" | "blade_chip" | "edge_irregularity" | "handle_crack" | "handle_discoloration" | "weld_defect" | "polish_defect" | "rust_spot" | "dimensional_error" | "assembly_misalignment" | "surface_contamination" | "heat_treatment_defect" | "unknown";
                            description: string;
                        }[];
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listProductionStages: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        production_stages: {
                            /** @enum {unknown} */
                            code: "blade_stamp" | "bolster_welding" | "back_edge_polishing" | "taper_grinding" | "heat_treatment" | "vacuum_quench" | "handle_injection" | "rivet_assembly" | "handle_polishing" | "blade_glazing" | "cutting_edge_honing" | "logo_print" | "inspection" | "packaging";
                            name: string;
                            order: number;
                        }[];
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listFacilities: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        facilities: {
                            /** @enum {unknown} */
                            code: "hongkong" | "shenzhen" | "yangjiang";
                            name: string;
                            location: string;
                            role: string;
                            functions: string[];
                            /** @description IANA name */
                            time_zone: string;
                            capacity?: string;
                            area_m2?: number;
                        }[];
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listProducts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        products: {
                            code: string;
                            name: string;
                            /** @description False: a part with nothing but cosmetic flaws is within tolerance, and ok */
                            cosmetic_is_defect: boolean;
                        }[];
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    api_key?: string;
                    /** @description Name of the person, recorded in reviews and the audit log */
                    name: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        token: string;
                        /** Format: date-time */
                        expires_at: string;
                        /** @description Seconds until expiry, for clients with a wrong clock */
                        expires_in: number;
                        /** @description Scopes of the session: those of the key */
                        scopes: ("analyse" | "read" | "admin")[];
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrives too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body or the image is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not an image of an accepted type, or a body of an unknown type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        keys: components["schemas"]["ApiKey"][];
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Purpose of the key */
                    description?: string | null;
                    scopes?: ("analyse" | "read" | "admin")[];
                    /** @description Requests per minute */
                    rate_limit?: number;
                    /** @description Requests per minute on the routes that call the model; null: no limit besides rate_limit */
                    model_rate_limit?: number | null;
                    /** @description Analyses per UTC day; null: no budget */
                    daily_analyses?: number | null;
                    /** @description Model tokens per UTC day; null: no budget */
                    daily_tokens?: number | null;
                    /** @description US dollars per UTC day; null: no budget */
                    daily_cost_usd?: number | null;
                    /**
                     * Format: date-time
                     * @description In the future; null: never
                     */
                    expires_at?: string | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Only shown once: it is not stored */
                        key: string;
                        /** Format: uuid */
                        id: string;
                        description: string | null;
                        prefix: string | null;
                        last_four: string | null;
                        /** @description Default: analyse and read */
                        scopes: ("analyse" | "read" | "admin")[];
                        rate_limit: number;
                        model_rate_limit: number | null;
                        daily_analyses: number | null;
                        daily_tokens: number | null;
                        daily_cost_usd: number | null;
                        /** @description Neither revoked nor expired */
                        active: boolean;
                        created_at: string | null;
                        created_by: string | null;
                        expires_at: string | null;
                        last_used_at: string | null;
                        revoked_at: string | null;
                        previous_expires_at: string | null;
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrives too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body or the image is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not an image of an accepted type, or a body of an unknown type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Purpose of the key */
                    description?: string | null;
                    scopes?: ("analyse" | "read" | "admin")[];
                    /** @description Requests per minute */
                    rate_limit?: number;
                    /** @description Requests per minute on the routes that call the model; null: no limit besides rate_limit */
                    model_rate_limit?: number | null;
                    /** @description Analyses per UTC day; null: no budget */
                    daily_analyses?: number | null;
                    /** @description Model tokens per UTC day; null: no budget */
                    daily_tokens?: number | null;
                    /** @description US dollars per UTC day; null: no budget */
                    daily_cost_usd?: number | null;
                    /**
                     * Format: date-time
                     * @description In the future; null: never
                     */
                    expires_at?: string | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrives too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the current state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body or the image is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not an image of an accepted type, or a body of an unknown type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description How long the previous value stays valid; 0 ends it at once
                     * @default 24
                     */
                    overlap_hours?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Only shown once: it is not stored */
                        key: string;
                        /** Format: uuid */
                        id: string;
                        description: string | null;
                        prefix: string | null;
                        last_four: string | null;
                        /** @description Default: analyse and read */
                        scopes: ("analyse" | "read" | "admin")[];
                        rate_limit: number;
                        model_rate_limit: number | null;
                        daily_analyses: number | null;
                        daily_tokens: number | null;
                        daily_cost_usd: number | null;
                        /** @description Neither revoked nor expired */
                        active: boolean;
                        created_at: string | null;
                        created_by: string | null;
                        expires_at: string | null;
                        last_used_at: string | null;
                        revoked_at: string | null;
                        previous_expires_at: string | null;
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrives too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the current state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body or the image is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not an image of an accepted type, or a body of an unknown type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrives too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body or the image is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not an image of an accepted type, or a body of an unknown type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAuditLog: {
        parameters: {
            query?: {
                /** @description At or after */
                from?: string;
                /** @description Before */
                to?: string;
                /** @description Exact match: admin, open, anonymous, image-link or key:<id of the key> */
                actor?: string;
                /** @description Part of the name given at sign-in */
                person?: string;
                /** @description read: GET and HEAD; change: every other method */
                action?: "read" | "change";
                /** @description Part of the route pattern, such as /keys */
                endpoint?: string;
                /** @description success: below 400; refused: 400 to 499; failed: 500 and above */
                outcome?: "success" | "refused" | "failed";
                limit?: number;
                /** @description next_cursor of the previous page */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        entries: components["schemas"]["AuditEntry"][];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportAuditLog: {
        parameters: {
            query?: {
                /** @description At or after */
                from?: string;
                /** @description Before */
                to?: string;
                /** @description Exact match: admin, open, anonymous, image-link or key:<id of the key> */
                actor?: string;
                /** @description Part of the name given at sign-in */
                person?: string;
                /** @description read: GET and HEAD; change: every other method */
                action?: "read" | "change";
                /** @description Part of the route pattern, such as /keys */
                endpoint?: string;
                /** @description success: below 400; refused: 400 to 499; failed: 500 and above */
                outcome?: "success" | "refused" | "failed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description CSV in UTF-8 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    usage: {
        parameters: {
            query?: {
                /** @description Number of UTC days, including today */
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: date
                         * @description First day, in UTC
                         */
                        from: string;
                        /**
                         * Format: date
                         * @description Today, in UTC
                         */
                        to: string;
                        /**
                         * Format: date-time
                         * @description When the UTC day ends and the budgets are renewed
                         */
                        renewed_at: string;
                        /** @description All callers together */
                        service: {
                            /** @description Per UTC day; null: no budget */
                            budget: {
                                analyses: number | null;
                                tokens: number | null;
                                cost_usd: number | null;
                            };
                            today: {
                                /** @description Answered and running analyses, including translations */
                                analyses: number;
                                /** @description Input and output tokens of the model */
                                tokens: number;
                                cost_usd: number;
                            };
                            /** @description Over all requested days */
                            total: {
                                /** @description Answered and running analyses, including translations */
                                analyses: number;
                                /** @description Input and output tokens of the model */
                                tokens: number;
                                cost_usd: number;
                            };
                            /** @description In order; days without usage are omitted */
                            by_day: {
                                /** Format: date */
                                day: string;
                                /** @description Answered and running analyses, including translations */
                                analyses: number;
                                /** @description Input and output tokens of the model */
                                tokens: number;
                                cost_usd: number;
                            }[];
                        };
                        /** @description Callers with usage, most analyses first; at most 1000 */
                        callers: {
                            /** @description admin (API_KEY), key:<id>, or the address if no key is configured */
                            caller: string;
                            /** @description Null if the caller is not a listed key */
                            key: {
                                /** Format: uuid */
                                id: string;
                                description: string | null;
                                prefix: string | null;
                                last_four: string | null;
                                active: boolean;
                            } | null;
                            /** @description Per UTC day; null: no budget */
                            budget: {
                                analyses: number | null;
                                tokens: number | null;
                                cost_usd: number | null;
                            };
                            today: {
                                /** @description Answered and running analyses, including translations */
                                analyses: number;
                                /** @description Input and output tokens of the model */
                                tokens: number;
                                cost_usd: number;
                            };
                            /** @description Over all requested days */
                            total: {
                                /** @description Answered and running analyses, including translations */
                                analyses: number;
                                /** @description Input and output tokens of the model */
                                tokens: number;
                                cost_usd: number;
                            };
                            /** @description In order; days without usage are omitted */
                            by_day: {
                                /** Format: date */
                                day: string;
                                /** @description Answered and running analyses, including translations */
                                analyses: number;
                                /** @description Input and output tokens of the model */
                                tokens: number;
                                cost_usd: number;
                            }[];
                        }[];
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    analyze: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours, the same key and body return the same final answer and take effect only once */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    image: string;
                    /** @description See GET /api/v1/products */
                    product_sku: string;
                    /** @enum {unknown} */
                    facility: "hongkong" | "shenzhen" | "yangjiang";
                    /** @enum {unknown} */
                    language?: "en" | "zh-Hans" | "zh-Hant";
                    /** @description Process readings as JSON text */
                    production_data?: string;
                    /** @description Several photos of one part share it */
                    part_id?: string;
                    /** @description Station */
                    station?: string;
                    /** @description Line */
                    line_id?: string;
                    /** @description Shift */
                    shift?: string;
                    /** @description Lot */
                    lot?: string;
                    /** @description Operator */
                    operator?: string;
                    /** @description The client's own id of the event */
                    event_id?: string;
                    /** @description True: do not answer from the store */
                    reanalyze?: boolean;
                    /** @description True: void from the start, as a sample photo is: shown, counted nowhere, announced to nobody */
                    test_shot?: boolean;
                };
                "application/json": {
                    /** @description The picture as base64 or as a data URL */
                    image: string;
                    /** @description See GET /api/v1/products */
                    product_sku: string;
                    /** @enum {unknown} */
                    facility: "hongkong" | "shenzhen" | "yangjiang";
                    /** @enum {unknown} */
                    language?: "en" | "zh-Hans" | "zh-Hant";
                    /** @description Process readings, at most 20,000 characters as JSON */
                    production_data?: {
                        [key: string]: unknown;
                    };
                    /** @description Several photos of one part share it */
                    part_id?: string;
                    /** @description Station */
                    station?: string;
                    /** @description Line */
                    line_id?: string;
                    /** @description Shift */
                    shift?: string;
                    /** @description Lot */
                    lot?: string;
                    /** @description Operator */
                    operator?: string;
                    /** @description The client's own id of the event */
                    event_id?: string;
                    /** @description True: do not answer from the store */
                    reanalyze?: boolean;
                    /** @description True: void from the start, as a sample photo is: shown, counted nowhere, announced to nobody */
                    test_shot?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        analysis: components["schemas"]["Analysis"];
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrives too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the current state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body or the image is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not an image of an accepted type, or a body of an unknown type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The image cannot be read or has too many pixels */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The model failed */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The model did not answer in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    analyzeBatch: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours, the same key and body return the same final answer and take effect only once */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    images: string[];
                    /** @description See GET /api/v1/products */
                    product_sku: string;
                    /**
                     * @default yangjiang
                     * @enum {unknown}
                     */
                    facility: "hongkong" | "shenzhen" | "yangjiang";
                    /** @enum {unknown} */
                    language?: "en" | "zh-Hans" | "zh-Hant";
                    /** @description Process readings as JSON text */
                    production_data?: string;
                    /** @description Several photos of one part share it */
                    part_id?: string;
                    /** @description Station */
                    station?: string;
                    /** @description Line */
                    line_id?: string;
                    /** @description Shift */
                    shift?: string;
                    /** @description Lot */
                    lot?: string;
                    /** @description Operator */
                    operator?: string;
                    /** @description The client's own id of the event */
                    event_id?: string;
                    /** @description True: do not answer from the store */
                    reanalyze?: boolean;
                    /** @description True: void from the start, as a sample photo is: shown, counted nowhere, announced to nobody */
                    test_shot?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        /** @description Analyses that succeeded */
                        count: number;
                        analyses: components["schemas"]["Analysis"][];
                        failures: {
                            /** @description Place among the files as sent, from 0 */
                            index: number;
                            filename: string;
                            error: string;
                        }[];
                        summary: components["schemas"]["ShiftReport"];
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrives too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the current state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body or the image is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not an image of an accepted type, or a body of an unknown type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The image cannot be read or has too many pixels */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The model failed */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The model did not answer in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ingest: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours, the same key and body return the same final answer and take effect only once */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    image: string;
                    /** @description See GET /api/v1/products */
                    product_sku: string;
                    /** @enum {unknown} */
                    facility: "hongkong" | "shenzhen" | "yangjiang";
                    /** @enum {unknown} */
                    language?: "en" | "zh-Hans" | "zh-Hant";
                    /** @description Process readings as JSON text */
                    production_data?: string;
                    /** @description Several photos of one part share it */
                    part_id?: string;
                    /** @description Station */
                    station?: string;
                    /** @description Line */
                    line_id?: string;
                    /** @description Shift */
                    shift?: string;
                    /** @description Lot */
                    lot?: string;
                    /** @description Operator */
                    operator?: string;
                    /** @description The client's own id of the event */
                    event_id?: string;
                    /** @description True: do not answer from the store */
                    reanalyze?: boolean;
                    /** @description True: void from the start, as a sample photo is: shown, counted nowhere, announced to nobody */
                    test_shot?: boolean;
                    /** @description The client's own data, returned with the result; at most 20,000 characters as JSON */
                    metadata?: {
                        [key: string]: unknown;
                    };
                };
                "application/json": {
                    /** @description The picture as base64 or as a data URL */
                    image: string;
                    /** @description See GET /api/v1/products */
                    product_sku: string;
                    /** @enum {unknown} */
                    facility: "hongkong" | "shenzhen" | "yangjiang";
                    /** @enum {unknown} */
                    language?: "en" | "zh-Hans" | "zh-Hant";
                    /** @description Process readings, at most 20,000 characters as JSON */
                    production_data?: {
                        [key: string]: unknown;
                    };
                    /** @description Several photos of one part share it */
                    part_id?: string;
                    /** @description Station */
                    station?: string;
                    /** @description Line */
                    line_id?: string;
                    /** @description Shift */
                    shift?: string;
                    /** @description Lot */
                    lot?: string;
                    /** @description Operator */
                    operator?: string;
                    /** @description The client's own id of the event */
                    event_id?: string;
                    /** @description True: do not answer from the store */
                    reanalyze?: boolean;
                    /** @description True: void from the start, as a sample photo is: shown, counted nowhere, announced to nobody */
                    test_shot?: boolean;
                    /** @description The client's own data, returned with the result; at most 20,000 characters as JSON */
                    metadata?: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        /** Format: uuid */
                        image_id: string;
                        /** Format: date-time */
                        enqueued_at: string;
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrives too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the current state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body or the image is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not an image of an accepted type, or a body of an unknown type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The image cannot be read or has too many pixels */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The model failed */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The model did not answer in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getIngest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                image_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        image_id: string;
                        /** @enum {unknown} */
                        status: "queued" | "processing" | "done" | "failed";
                        /** Format: date-time */
                        enqueued_at: string;
                        started_at: string | null;
                        finished_at: string | null;
                        attempts: number;
                        metadata?: {
                            [key: string]: unknown;
                        } | null;
                        analysis?: components["schemas"]["Analysis"];
                        /** @description Why the analysis failed; only for status failed */
                        error?: string;
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAnalyses: {
        parameters: {
            query?: {
                /** @description At or after */
                from?: string;
                /** @description Before */
                to?: string;
                facility?: "hongkong" | "shenzhen" | "yangjiang";
                /** @description As corrected, where it was */
                product_sku?: string;
                /** @description final: a person's verdict where one has confirmed or corrected, else the analyzer's. ai: the analyzer's word, of all. human: only what a person has confirmed or corrected, by the person's verdict; who was unsure has not */
                truth?: "final" | "ai" | "human";
                /** @description Whether it counts as a defect by truth, by which defect_type, severity and probable_stage select, too. What a person lets pass with a cosmetic flaw does not */
                defect_detected?: boolean;
                defect_type?: "blade_scratch" | "blade_chip" | "edge_irregularity" | "handle_crack" | "handle_discoloration" | "weld_defect" | "polish_defect" | "rust_spot" | "dimensional_error" | "assembly_misalignment" | "surface_contamination" | "heat_treatment_defect" | "unknown";
                severity?: "critical" | "major" | "minor" | "cosmetic";
                /** @description The analyzer's, whatever truth is */
                verdict?: "ok" | "ng" | "review";
                /** @description A person's where there is one, else the model's */
                effective_verdict?: "ok" | "ng" | "review";
                /** @description The people's verdict as it stands; review: unsure; none: nobody has judged the part yet */
                person_verdict?: "ok" | "ng" | "review" | "none";
                /** @description Whether there is any review, whatever it says */
                reviewed?: boolean;
                /** @description Left out: both */
                voided?: boolean;
                /** @description Whether it waits for a person: the verdict is review and nobody has judged it, somebody was unsure, or it was drawn at random (REVIEW_SAMPLE) and nobody has judged it. Void ones and photos to retake do not */
                waiting?: boolean;
                /** @description Whether it is a photo that cannot be judged and is to be taken again: it counts as no inspected photo */
                retake?: boolean;
                probable_stage?: "blade_stamp" | "bolster_welding" | "back_edge_polishing" | "taper_grinding" | "heat_treatment" | "vacuum_quench" | "handle_injection" | "rivet_assembly" | "handle_polishing" | "blade_glazing" | "cutting_edge_honing" | "logo_print" | "inspection" | "packaging";
                /** @description Part, as it came with the photo */
                part_id?: string;
                /** @description Station, as it came with the photo */
                station?: string;
                /** @description Line, as it came with the photo */
                line_id?: string;
                /** @description A shift of the facility's hours (GET /shifts); from and to at midnight are then the borders of the days' shifts. Another text: as it came with the photo */
                shift?: string;
                /** @description Lot, as it came with the photo */
                lot?: string;
                /** @description Operator, as it came with the photo */
                operator?: string;
                /** @description Part of the id, the texts, the file name or the metadata; or the name of a defect type, severity or stage in any language ("chip", "崩刃"), or a line ("line 6") */
                text?: string;
                /** @description Which come first; the same on all pages of a list */
                order?: "newest" | "oldest";
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        analyses: components["schemas"]["Analysis"][];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    countAnalyses: {
        parameters: {
            query?: {
                /** @description At or after */
                from?: string;
                /** @description Before */
                to?: string;
                facility?: "hongkong" | "shenzhen" | "yangjiang";
                /** @description As corrected, where it was */
                product_sku?: string;
                /** @description final: a person's verdict where one has confirmed or corrected, else the analyzer's. ai: the analyzer's word, of all. human: only what a person has confirmed or corrected, by the person's verdict; who was unsure has not */
                truth?: "final" | "ai" | "human";
                /** @description Whether it counts as a defect by truth, by which defect_type, severity and probable_stage select, too. What a person lets pass with a cosmetic flaw does not */
                defect_detected?: boolean;
                defect_type?: "blade_scratch" | "blade_chip" | "edge_irregularity" | "handle_crack" | "handle_discoloration" | "weld_defect" | "polish_defect" | "rust_spot" | "dimensional_error" | "assembly_misalignment" | "surface_contamination" | "heat_treatment_defect" | "unknown";
                severity?: "critical" | "major" | "minor" | "cosmetic";
                /** @description The analyzer's, whatever truth is */
                verdict?: "ok" | "ng" | "review";
                /** @description A person's where there is one, else the model's */
                effective_verdict?: "ok" | "ng" | "review";
                /** @description The people's verdict as it stands; review: unsure; none: nobody has judged the part yet */
                person_verdict?: "ok" | "ng" | "review" | "none";
                /** @description Whether there is any review, whatever it says */
                reviewed?: boolean;
                /** @description Left out: both */
                voided?: boolean;
                /** @description Whether it waits for a person: the verdict is review and nobody has judged it, somebody was unsure, or it was drawn at random (REVIEW_SAMPLE) and nobody has judged it. Void ones and photos to retake do not */
                waiting?: boolean;
                /** @description Whether it is a photo that cannot be judged and is to be taken again: it counts as no inspected photo */
                retake?: boolean;
                probable_stage?: "blade_stamp" | "bolster_welding" | "back_edge_polishing" | "taper_grinding" | "heat_treatment" | "vacuum_quench" | "handle_injection" | "rivet_assembly" | "handle_polishing" | "blade_glazing" | "cutting_edge_honing" | "logo_print" | "inspection" | "packaging";
                /** @description Part, as it came with the photo */
                part_id?: string;
                /** @description Station, as it came with the photo */
                station?: string;
                /** @description Line, as it came with the photo */
                line_id?: string;
                /** @description A shift of the facility's hours (GET /shifts); from and to at midnight are then the borders of the days' shifts. Another text: as it came with the photo */
                shift?: string;
                /** @description Lot, as it came with the photo */
                lot?: string;
                /** @description Operator, as it came with the photo */
                operator?: string;
                /** @description Part of the id, the texts, the file name or the metadata; or the name of a defect type, severity or stage in any language ("chip", "崩刃"), or a line ("line 6") */
                text?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description At most 10,000 */
                        count: number;
                        /** @description True: there are more than that */
                        more: boolean;
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportAnalyses: {
        parameters: {
            query?: {
                /** @description At or after */
                from?: string;
                /** @description Before */
                to?: string;
                facility?: "hongkong" | "shenzhen" | "yangjiang";
                /** @description As corrected, where it was */
                product_sku?: string;
                /** @description final: a person's verdict where one has confirmed or corrected, else the analyzer's. ai: the analyzer's word, of all. human: only what a person has confirmed or corrected, by the person's verdict; who was unsure has not */
                truth?: "final" | "ai" | "human";
                /** @description Whether it counts as a defect by truth, by which defect_type, severity and probable_stage select, too. What a person lets pass with a cosmetic flaw does not */
                defect_detected?: boolean;
                defect_type?: "blade_scratch" | "blade_chip" | "edge_irregularity" | "handle_crack" | "handle_discoloration" | "weld_defect" | "polish_defect" | "rust_spot" | "dimensional_error" | "assembly_misalignment" | "surface_contamination" | "heat_treatment_defect" | "unknown";
                severity?: "critical" | "major" | "minor" | "cosmetic";
                /** @description The analyzer's, whatever truth is */
                verdict?: "ok" | "ng" | "review";
                /** @description A person's where there is one, else the model's */
                effective_verdict?: "ok" | "ng" | "review";
                /** @description The people's verdict as it stands; review: unsure; none: nobody has judged the part yet */
                person_verdict?: "ok" | "ng" | "review" | "none";
                /** @description Whether there is any review, whatever it says */
                reviewed?: boolean;
                /** @description Left out: both */
                voided?: boolean;
                /** @description Whether it waits for a person: the verdict is review and nobody has judged it, somebody was unsure, or it was drawn at random (REVIEW_SAMPLE) and nobody has judged it. Void ones and photos to retake do not */
                waiting?: boolean;
                /** @description Whether it is a photo that cannot be judged and is to be taken again: it counts as no inspected photo */
                retake?: boolean;
                probable_stage?: "blade_stamp" | "bolster_welding" | "back_edge_polishing" | "taper_grinding" | "heat_treatment" | "vacuum_quench" | "handle_injection" | "rivet_assembly" | "handle_polishing" | "blade_glazing" | "cutting_edge_honing" | "logo_print" | "inspection" | "packaging";
                /** @description Part, as it came with the photo */
                part_id?: string;
                /** @description Station, as it came with the photo */
                station?: string;
                /** @description Line, as it came with the photo */
                line_id?: string;
                /** @description A shift of the facility's hours (GET /shifts); from and to at midnight are then the borders of the days' shifts. Another text: as it came with the photo */
                shift?: string;
                /** @description Lot, as it came with the photo */
                lot?: string;
                /** @description Operator, as it came with the photo */
                operator?: string;
                /** @description Part of the id, the texts, the file name or the metadata; or the name of a defect type, severity or stage in any language ("chip", "崩刃"), or a line ("line 6") */
                text?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description CSV in UTF-8 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAnalysis: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                defect_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Analysis"];
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAnalysisImage: {
        parameters: {
            query?: {
                size?: "full" | "thumbnail";
                expires?: string;
                signature?: string;
            };
            header?: never;
            path: {
                defect_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the current state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listReviews: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                defect_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        reviews: components["schemas"]["Review"][];
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addReview: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours, the same key and body return the same final answer and take effect only once */
                "idempotency-key"?: string;
            };
            path: {
                defect_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description confirm: the model is right. correct: it is not, or the SKU is wrong. unsure: somebody else should look. void: a test shot or the like, counted nowhere. reinstate: not void after all
                     * @enum {unknown}
                     */
                    kind: "confirm" | "correct" | "unsure" | "void" | "reinstate";
                    /**
                     * @description Of correct. With confirm it may be left out; a verdict that is not the model's is refused there
                     * @enum {unknown}
                     */
                    verdict?: "ok" | "ng";
                    /** @description Of correct; true for ng. With ok only a cosmetic defect, within tolerance, may be there */
                    defect_detected?: boolean;
                    /** @enum {unknown} */
                    defect_type?: "blade_scratch" | "blade_chip" | "edge_irregularity" | "handle_crack" | "handle_discoloration" | "weld_defect" | "polish_defect" | "rust_spot" | "dimensional_error" | "assembly_misalignment" | "surface_contamination" | "heat_treatment_defect" | "unknown";
                    /** @enum {unknown} */
                    severity?: "critical" | "major" | "minor" | "cosmetic";
                    /** @description Pixels of the upright image, inside it; null: no box. Left out: it stays as it is, and there is none in defects */
                    bounding_box?: {
                        x: number;
                        y: number;
                        width: number;
                        height: number;
                    } | null;
                    /** @description All defects of the part, in any order, in place of defect_type, severity and bounding_box. With none of these four, the defects stay as they are; with the single fields, that one defect is all there is */
                    defects?: {
                        /** @enum {unknown} */
                        defect_type: "blade_scratch" | "blade_chip" | "edge_irregularity" | "handle_crack" | "handle_discoloration" | "weld_defect" | "polish_defect" | "rust_spot" | "dimensional_error" | "assembly_misalignment" | "surface_contamination" | "heat_treatment_defect" | "unknown";
                        /** @enum {unknown} */
                        severity: "critical" | "major" | "minor" | "cosmetic";
                        /** @description Pixels of the upright image, inside it; null: no box. Left out: it stays as it is, and there is none in defects */
                        bounding_box?: {
                            x: number;
                            y: number;
                            width: number;
                            height: number;
                        } | null;
                    }[];
                    /** @description The right SKU, with confirm, correct or unsure. Alone with correct, it leaves the verdict as it is */
                    product_sku?: string;
                    comment?: string;
                    /** @description Who it is. Only of a call by a bare key: in a session its name counts */
                    person?: string;
                    /**
                     * Format: uuid
                     * @description The newest review that the person saw, null for none: a newer one is a 409 that says whose it is
                     */
                    after?: string | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        analysis: components["schemas"]["Analysis"];
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrives too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the current state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body or the image is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not an image of an accepted type, or a body of an unknown type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The image cannot be read or has too many pixels */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setExplanation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                defect_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    root_cause?: string;
                    /** @description From the defect to its root; empty lines are left out, here and below */
                    five_why_chain?: string[];
                    /** @description What is done about this part and lot */
                    corrective_actions?: string[];
                    /** @description What is done so that it does not happen again */
                    preventive_actions?: string[];
                    /** @enum {unknown} */
                    language?: "en" | "zh-Hans" | "zh-Hant";
                    /** @description Who it is. Only of a call by a bare key: in a session its name counts */
                    person?: string;
                    /**
                     * Format: uuid
                     * @description The newest explanation that the person saw, null for none: a newer one is a 409 that says whose it is
                     */
                    after?: string | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        analysis: components["schemas"]["Analysis"];
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrives too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the current state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body or the image is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not an image of an accepted type, or a body of an unknown type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listExplanations: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                defect_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        explanations: components["schemas"]["Explanation"][];
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTranslations: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                defect_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        translations: components["schemas"]["Translation"][];
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    translate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                defect_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {unknown} */
                    language: "en" | "zh-Hans" | "zh-Hant";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        translation: components["schemas"]["Translation"];
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrives too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the current state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body or the image is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not an image of an accepted type, or a body of an unknown type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The model failed */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The model did not answer in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listReviewThresholds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description REVIEW_BELOW, of the products that are not listed */
                        default: number;
                        thresholds: {
                            product_sku: string;
                            /** @description Verdicts of less confidence are review */
                            review_below: number;
                            person: string;
                            /** Format: date-time */
                            updated_at: string;
                        }[];
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setReviewThreshold: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    product_sku: string;
                    /** @description Null: the default counts again */
                    review_below: number | null;
                    /** @description Who it is. Only of a call by a bare key: in a session its name counts */
                    person?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description REVIEW_BELOW, of the products that are not listed */
                        default: number;
                        thresholds: {
                            product_sku: string;
                            /** @description Verdicts of less confidence are review */
                            review_below: number;
                            person: string;
                            /** Format: date-time */
                            updated_at: string;
                        }[];
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrives too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body or the image is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not an image of an accepted type, or a body of an unknown type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewReviewThreshold: {
        parameters: {
            query: {
                product_sku: string;
                /** @description How many analyses at most */
                last?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        product_sku: string;
                        /** @description The threshold that counts now */
                        review_below: number;
                        analyses: number;
                        /** @description Of the oldest; null of none */
                        from: string | null;
                        /** @description Of the newest; null of none */
                        to: string | null;
                        /** @description Rising; empty ones are left out. Under a threshold of whole hundredths are all bins below it */
                        bins: {
                            /** @description Rounded down to hundredths */
                            confidence: number;
                            analyses: number;
                            /** @description Of these, confirmed or corrected by a person */
                            judged: number;
                            /** @description Of the judged, those whose verdict or defect type the person corrected */
                            wrong: number;
                        }[];
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPhotoLimits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description False: PHOTO_GATE is off, and every photo is analysed */
                        enabled: boolean;
                        default: {
                            /** @description Minimum share of the photo that has outlines */
                            no_part: number;
                            /** @description Minimum brightness of the brightest 2 %, in grey levels */
                            too_dark: number;
                            /** @description Maximum overexposed share of the photo */
                            overexposed: number;
                            /** @description Maximum overexposed share of the part's frame, excluding a white background */
                            glare: number;
                            /** @description Maximum blur of the sharpest outlines: sigma in pixels, with the long side scaled to 640 */
                            out_of_focus: number;
                            /** @description Maximum grain in grey levels, with the long side scaled to 640 */
                            grainy: number;
                            /** @description Minimum long side of the part's frame, in pixels */
                            part_too_small: number;
                        };
                        /** @description If both the product and the station of a photo have a limit, the station's limit applies */
                        settings: {
                            /** @enum {unknown} */
                            scope: "product" | "station";
                            /** @description The SKU, or the station as sent with the photo */
                            name: string;
                            limits: {
                                /** @description Minimum share of the photo that has outlines */
                                no_part?: number;
                                /** @description Minimum brightness of the brightest 2 %, in grey levels */
                                too_dark?: number;
                                /** @description Maximum overexposed share of the photo */
                                overexposed?: number;
                                /** @description Maximum overexposed share of the part's frame, excluding a white background */
                                glare?: number;
                                /** @description Maximum blur of the sharpest outlines: sigma in pixels, with the long side scaled to 640 */
                                out_of_focus?: number;
                                /** @description Maximum grain in grey levels, with the long side scaled to 640 */
                                grainy?: number;
                                /** @description Minimum long side of the part's frame, in pixels */
                                part_too_small?: number;
                            };
                            person: string;
                            /** Format: date-time */
                            updated_at: string;
                        }[];
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setPhotoLimits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {unknown} */
                    scope: "product" | "station";
                    name: string;
                    /** @description Null: back to the defaults */
                    limits: {
                        /** @description Minimum share of the photo that has outlines */
                        no_part?: number;
                        /** @description Minimum brightness of the brightest 2 %, in grey levels */
                        too_dark?: number;
                        /** @description Maximum overexposed share of the photo */
                        overexposed?: number;
                        /** @description Maximum overexposed share of the part's frame, excluding a white background */
                        glare?: number;
                        /** @description Maximum blur of the sharpest outlines: sigma in pixels, with the long side scaled to 640 */
                        out_of_focus?: number;
                        /** @description Maximum grain in grey levels, with the long side scaled to 640 */
                        grainy?: number;
                        /** @description Minimum long side of the part's frame, in pixels */
                        part_too_small?: number;
                    } | null;
                    /** @description Who it is. Only of a call by a bare key: in a session its name counts */
                    person?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description False: PHOTO_GATE is off, and every photo is analysed */
                        enabled: boolean;
                        default: {
                            /** @description Minimum share of the photo that has outlines */
                            no_part: number;
                            /** @description Minimum brightness of the brightest 2 %, in grey levels */
                            too_dark: number;
                            /** @description Maximum overexposed share of the photo */
                            overexposed: number;
                            /** @description Maximum overexposed share of the part's frame, excluding a white background */
                            glare: number;
                            /** @description Maximum blur of the sharpest outlines: sigma in pixels, with the long side scaled to 640 */
                            out_of_focus: number;
                            /** @description Maximum grain in grey levels, with the long side scaled to 640 */
                            grainy: number;
                            /** @description Minimum long side of the part's frame, in pixels */
                            part_too_small: number;
                        };
                        /** @description If both the product and the station of a photo have a limit, the station's limit applies */
                        settings: {
                            /** @enum {unknown} */
                            scope: "product" | "station";
                            /** @description The SKU, or the station as sent with the photo */
                            name: string;
                            limits: {
                                /** @description Minimum share of the photo that has outlines */
                                no_part?: number;
                                /** @description Minimum brightness of the brightest 2 %, in grey levels */
                                too_dark?: number;
                                /** @description Maximum overexposed share of the photo */
                                overexposed?: number;
                                /** @description Maximum overexposed share of the part's frame, excluding a white background */
                                glare?: number;
                                /** @description Maximum blur of the sharpest outlines: sigma in pixels, with the long side scaled to 640 */
                                out_of_focus?: number;
                                /** @description Maximum grain in grey levels, with the long side scaled to 640 */
                                grainy?: number;
                                /** @description Minimum long side of the part's frame, in pixels */
                                part_too_small?: number;
                            };
                            person: string;
                            /** Format: date-time */
                            updated_at: string;
                        }[];
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrives too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body or the image is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not an image of an accepted type, or a body of an unknown type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    quality: {
        parameters: {
            query?: {
                /** @description At or after */
                from?: string;
                /** @description Before */
                to?: string;
                facility?: "hongkong" | "shenzhen" | "yangjiang";
                /** @description As corrected, where it was */
                product_sku?: string;
                model_version?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description All that the filters select, judged or not; void ones are left out everywhere */
                        analyses: number;
                        /** @description Of these, confirmed or corrected by a person: all figures below are of them */
                        judged: number;
                        /** @description Of these, left open by a person; in none of the figures below */
                        unsure: number;
                        /** @description judged / analyses; null of none */
                        share_judged: number | null;
                        /** @description A defect against none, whatever its type. By what the model found, also where its verdict was review */
                        detection: {
                            /** @description Model and person: a defect */
                            true_positives: number;
                            /** @description Model: a defect; person: none */
                            false_positives: number;
                            /** @description Model: none; person: a defect */
                            false_negatives: number;
                            /** @description Model and person: none */
                            true_negatives: number;
                            /** @description true_positives / (true_positives + false_positives); null where that is 0 / 0 */
                            precision: number | null;
                            /** @description 95 % confidence interval of the share (Wilson's score interval); null of none */
                            precision_interval: {
                                low: number;
                                high: number;
                            } | null;
                            /** @description true_positives / (true_positives + false_negatives); null where that is 0 / 0 */
                            recall: number | null;
                            /** @description 95 % confidence interval of the share (Wilson's score interval); null of none */
                            recall_interval: {
                                low: number;
                                high: number;
                            } | null;
                            /** @description (true_positives + true_negatives) / judged; null of none */
                            agreement: number | null;
                            /** @description 95 % confidence interval of the share (Wilson's score interval); null of none */
                            agreement_interval: {
                                low: number;
                                high: number;
                            } | null;
                        };
                        /** @description The honest recall, as far as the sample is judged: detection.recall is of what people chose to look at, which are suspects first */
                        recall_estimate: {
                            /** @description Photos that were drawn at random (REVIEW_SAMPLE), whatever the verdict */
                            sample: number;
                            /** @description Of these, confirmed or corrected by a person: what the estimate rests on */
                            judged: number;
                            /** @description Of the judged, those with a defect by the person */
                            defects: number;
                            /** @description Of these defects, those that the model found */
                            found: number;
                            /** @description found / defects; null of none */
                            recall: number | null;
                            /** @description 95 % confidence interval of the share (Wilson's score interval); null of none */
                            interval: {
                                low: number;
                                high: number;
                            } | null;
                        };
                        /** @description Types that the model or a person named, the most frequent first. One type an analysis: the worst defect */
                        by_defect_type: {
                            /** @enum {unknown} */
                            defect_type: "blade_scratch" | "blade_chip" | "edge_irregularity" | "handle_crack" | "handle_discoloration" | "weld_defect" | "polish_defect" | "rust_spot" | "dimensional_error" | "assembly_misalignment" | "surface_contamination" | "heat_treatment_defect" | "unknown";
                            /** @description Model and person: this type */
                            true_positives: number;
                            /** @description Model: this type; person: another or no defect */
                            false_positives: number;
                            /** @description Person: this type; model: another or no defect */
                            false_negatives: number;
                            /** @description true_positives / (true_positives + false_positives); null where that is 0 / 0 */
                            precision: number | null;
                            /** @description 95 % confidence interval of the share (Wilson's score interval); null of none */
                            precision_interval: {
                                low: number;
                                high: number;
                            } | null;
                            /** @description true_positives / (true_positives + false_negatives); null where that is 0 / 0 */
                            recall: number | null;
                            /** @description 95 % confidence interval of the share (Wilson's score interval); null of none */
                            recall_interval: {
                                low: number;
                                high: number;
                            } | null;
                        }[];
                        /** @description What the model said against what the person said, the most frequent first; pairs that do not occur are left out */
                        confusion: {
                            /** @description Null: no defect */
                            model: ("blade_scratch" | "blade_chip" | "edge_irregularity" | "handle_crack" | "handle_discoloration" | "weld_defect" | "polish_defect" | "rust_spot" | "dimensional_error" | "assembly_misalignment" | "surface_contamination" | "heat_treatment_defect" | "unknown") | null;
                            /** @description Null: no defect */
                            person: ("blade_scratch" | "blade_chip" | "edge_irregularity" | "handle_crack" | "handle_discoloration" | "weld_defect" | "polish_defect" | "rust_spot" | "dimensional_error" | "assembly_misalignment" | "surface_contamination" | "heat_treatment_defect" | "unknown") | null;
                            count: number;
                        }[];
                        /** @description Ten bins of confidence. Where the confidence is honest, share_confirmed is near mean_confidence */
                        calibration: {
                            /** @description Confidence, inclusive */
                            from: number;
                            /** @description Exclusive; 1 is in the last bin */
                            to: number;
                            count: number;
                            /** @description The person agrees on defect or none, and on the type of a defect; severity and box do not count */
                            confirmed: number;
                            /** @description confirmed / count; null of none */
                            share_confirmed: number | null;
                            /** @description 95 % confidence interval of the share (Wilson's score interval); null of none */
                            interval: {
                                low: number;
                                high: number;
                            } | null;
                            /** @description Of the bin; null of none */
                            mean_confidence: number | null;
                        }[];
                        /** @description Of all that the other filters select, the most judged first */
                        model_versions: {
                            model_version: string;
                            judged: number;
                        }[];
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    shiftReport: {
        parameters: {
            query?: never;
            header?: {
                /** @description For 24 hours, the same key and body return the same final answer and take effect only once */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    analyses?: {
                        defect_detected: boolean;
                        defect_id?: string;
                        timestamp?: string;
                        product_sku?: string;
                        facility?: string;
                        defect_type?: string | null;
                        severity?: string | null;
                        probable_stage?: string | null;
                        root_cause?: string | null;
                        confidence?: number | null;
                        description?: string | null;
                        reasoning_tokens_used?: number | null;
                        model_version?: string | null;
                        line_id?: string | null;
                        lot?: string | null;
                        part_id?: string | null;
                        /** @description True: flaws that the product lets pass, and no defect */
                        tolerated?: boolean;
                        review_reason?: string | null;
                        /** @description Causes as a person has confirmed them */
                        explanation?: {
                            root_cause: string;
                            person: string;
                        } | null;
                        /** @description What people made of it, as this service tells it; left out: nobody has judged it */
                        effective?: {
                            /** @description True: left out */
                            voided: boolean;
                            /** @description human: a person has confirmed or corrected */
                            source?: string;
                            verdict?: string;
                            defect_type?: string;
                            severity?: string;
                            product_sku?: string;
                        };
                    }[];
                    /** @enum {unknown} */
                    facility?: "hongkong" | "shenzhen" | "yangjiang";
                    /**
                     * Format: date
                     * @description With facility, in place of from and to: all shifts that began on the day, or the one of shift
                     */
                    day?: string;
                    /**
                     * Format: date-time
                     * @description At or after
                     */
                    from?: string;
                    /**
                     * Format: date-time
                     * @description Before; at most 31 days after from
                     */
                    to?: string;
                    /** @description A shift of the facility's hours (GET /shifts); with from and to another text is looked for in what came with the photo */
                    shift?: string;
                    /** @description Line, exactly */
                    line_id?: string;
                    /** @description As corrected, where it was */
                    product_sku?: string;
                    /**
                     * @description final: a person's verdict where one has confirmed or corrected, else the analyzer's. ai: the analyzer's word, of all. human: only what a person has confirmed or corrected, by the person's verdict; who was unsure has not
                     * @default final
                     * @enum {unknown}
                     */
                    truth?: "final" | "ai" | "human";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        report: components["schemas"]["ShiftReport"];
                        /** @description What the report rests on; only of stored results */
                        stored?: {
                            facility: ("hongkong" | "shenzhen" | "yangjiang") | null;
                            /** @description Of the shift; null: the range was given by from and to */
                            day: string | null;
                            /** Format: date-time */
                            from: string;
                            /**
                             * Format: date-time
                             * @description In the future: the shift is still running
                             */
                            to: string;
                            shift: string | null;
                            line_id: string | null;
                            product_sku: string | null;
                            /** @enum {unknown} */
                            truth: "final" | "ai" | "human";
                            /** @description All of the range but void ones and those to retake */
                            photos: number;
                            /** @description Of these, confirmed or corrected by a person */
                            human_confirmed: number;
                            /** @description Photos that cannot be judged, in order of time: in no figure. At most 500 */
                            to_retake: {
                                defect_id: string;
                                /** Format: date-time */
                                timestamp: string;
                                product_sku: string;
                                station: string | null;
                                line_id: string | null;
                                lot: string | null;
                                part_id: string | null;
                                /** @description What was measured; empty where it was not measured but seen */
                                photo_faults: ("no_part" | "too_dark" | "overexposed" | "glare" | "out_of_focus" | "grainy" | "part_too_small")[];
                                /** @description Signed, valid for an hour */
                                thumbnail_url: string | null;
                            }[];
                            target: components["schemas"]["TargetCheck"];
                            /** @description IANA name: the facility's; without one, of where the parts are made */
                            time_zone: string;
                        };
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrives too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the current state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body or the image is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not an image of an accepted type, or a body of an unknown type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The image cannot be read or has too many pixels */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportShiftReport: {
        parameters: {
            query?: {
                facility?: "hongkong" | "shenzhen" | "yangjiang";
                /** @description With facility, in place of from and to: all shifts that began on the day, or the one of shift */
                day?: string;
                /** @description At or after */
                from?: string;
                /** @description Before; at most 31 days after from */
                to?: string;
                /** @description A shift of the facility's hours (GET /shifts); with from and to another text is looked for in what came with the photo */
                shift?: string;
                /** @description Line, exactly */
                line_id?: string;
                /** @description As corrected, where it was */
                product_sku?: string;
                /** @description final: a person's verdict where one has confirmed or corrected, else the analyzer's. ai: the analyzer's word, of all. human: only what a person has confirmed or corrected, by the person's verdict; who was unsure has not */
                truth?: "final" | "ai" | "human";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description CSV in UTF-8 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stats: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        total_inspections: number;
                        total_defects: number;
                        /** @description Percent, two decimals */
                        defect_rate: number;
                        by_type: {
                            [key: string]: number;
                        };
                        by_severity: {
                            [key: string]: number;
                        };
                        by_stage: {
                            [key: string]: number;
                        };
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDefects: {
        parameters: {
            query?: {
                facility?: "hongkong" | "shenzhen" | "yangjiang";
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        defects: components["schemas"]["Analysis"][];
                        count: number;
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    statistics: {
        parameters: {
            query?: {
                facility?: "hongkong" | "shenzhen" | "yangjiang";
                /** @description As corrected, where it was */
                product_sku?: string;
                /** @description Line, exactly */
                line_id?: string;
                /** @description Station, exactly */
                station?: string;
                /** @description A shift of the facility's hours (GET /shifts), counted by the day on which it began; another text: as it came with the photo */
                shift?: string;
                analyzer?: "azure" | "local";
                /** @description Model version, exactly */
                model_version?: string;
                /** @description Whole days up to now, today included; without it and from: 30d */
                period?: "today" | "7d" | "30d" | "90d";
                /** @description At or after; in place of period */
                from?: string;
                /** @description Before; left out or in the future: now */
                to?: string;
                /** @description What is counted. photo: each for itself. part: photos of one part_id in one facility are one part, as bad as the worst of them; a photo without part_id is a part. unit: defective parts over the inspected units that were entered (PUT /inspected-units), only where there is a number */
                basis?: "photo" | "part" | "unit";
                /** @description final: a person's verdict where one has confirmed or corrected, else the analyzer's. ai: the analyzer's word, of all. human: only what a person has confirmed or corrected, by the person's verdict; who was unsure has not */
                truth?: "final" | "ai" | "human";
                /** @description Of the trend. Left out: hour up to 2 days, day up to 92, else week. hour and shift up to 14 days only; with basis unit they are days. Weeks begin on Monday. With bucket shift, a filter by shift, and basis unit, a border of the range at midnight is that of the days' shifts: the night of the last day is whole */
                bucket?: "hour" | "shift" | "day" | "week";
                /** @description Of what the p chart's centre line is. frozen: the baseline that was frozen for these filters, basis and truth (PUT /chart-baselines), or where there is none the range. range: the range itself. previous: the period before */
                baseline?: "frozen" | "range" | "previous";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description When the figures were read
                         */
                        as_of: string;
                        /** Format: date-time */
                        from: string;
                        /** Format: date-time */
                        to: string;
                        /** @description IANA name: on whose clocks days, weeks and hours begin */
                        time_zone: string;
                        /** @enum {unknown} */
                        time_zone_of: "hongkong" | "shenzhen" | "yangjiang";
                        /** @enum {unknown} */
                        bucket: "hour" | "shift" | "day" | "week";
                        /** @enum {unknown} */
                        basis: "photo" | "part" | "unit";
                        /** @enum {unknown} */
                        truth: "final" | "ai" | "human";
                        figures: {
                            /** Format: date-time */
                            from: string;
                            /** Format: date-time */
                            to: string;
                            /** @description Photos, parts or units, as basis says */
                            inspected: number;
                            /** @description Of these, with a defect */
                            defects: number;
                            /** @description defects / inspected. Percent; null of none */
                            defect_rate_percent: number | null;
                            /** @description Verdict ok, neither a defect nor a case for review, over inspected. Percent; null of none */
                            first_pass_yield_percent: number | null;
                            /** @description Defects of severity critical */
                            critical: number;
                            /** @description All that the filters select but void ones and those to retake, whatever basis and truth are */
                            photos: number;
                            /** @description Of these photos, confirmed or corrected by a person */
                            human_confirmed: number;
                            /** @description Of these photos, those that wait for a person, as the filter waiting of GET /analyses has it */
                            waiting_for_review: number;
                            /** @description Photos that cannot be judged; they are in no other figure */
                            photos_to_retake: number;
                            /** @description The analyzer's own estimate, of all photos; null of none */
                            mean_confidence: number | null;
                            mean_latency_ms: number | null;
                            median_latency_ms: number | null;
                            p95_latency_ms: number | null;
                            /** @description Of all photos. US dollars; null: unknown */
                            cost_usd: number | null;
                            /** @description Of the photos whose cost is known. US dollars; null: unknown */
                            cost_per_photo_usd: number | null;
                        };
                        target: components["schemas"]["TargetCheck"];
                        /** @description The same of the same hours as many days earlier as the range has days, rounded up */
                        previous: {
                            /** Format: date-time */
                            from: string;
                            /** Format: date-time */
                            to: string;
                            /** @description Photos, parts or units, as basis says */
                            inspected: number;
                            /** @description Of these, with a defect */
                            defects: number;
                            /** @description defects / inspected. Percent; null of none */
                            defect_rate_percent: number | null;
                            /** @description Verdict ok, neither a defect nor a case for review, over inspected. Percent; null of none */
                            first_pass_yield_percent: number | null;
                            /** @description Defects of severity critical */
                            critical: number;
                            /** @description All that the filters select but void ones and those to retake, whatever basis and truth are */
                            photos: number;
                            /** @description Of these photos, confirmed or corrected by a person */
                            human_confirmed: number;
                            /** @description Of these photos, those that wait for a person, as the filter waiting of GET /analyses has it */
                            waiting_for_review: number;
                            /** @description Photos that cannot be judged; they are in no other figure */
                            photos_to_retake: number;
                            /** @description The analyzer's own estimate, of all photos; null of none */
                            mean_confidence: number | null;
                            mean_latency_ms: number | null;
                            median_latency_ms: number | null;
                            p95_latency_ms: number | null;
                            /** @description Of all photos. US dollars; null: unknown */
                            cost_usd: number | null;
                            /** @description Of the photos whose cost is known. US dollars; null: unknown */
                            cost_per_photo_usd: number | null;
                        };
                        trend: {
                            /** @description p-bar. Percent; null of none */
                            centre_percent: number | null;
                            target_percent: number;
                            /**
                             * @description Of what the centre line is: frozen only where there is one
                             * @enum {unknown}
                             */
                            baseline: "frozen" | "range" | "previous";
                            /** @description Of these filters, also where it is not asked for */
                            frozen: {
                                scope: {
                                    /** @enum {unknown} */
                                    facility?: "hongkong" | "shenzhen" | "yangjiang";
                                    /** @description As corrected, where it was */
                                    product_sku?: string;
                                    /** @description Line, exactly */
                                    line_id?: string;
                                    /** @description Station, exactly */
                                    station?: string;
                                    /** @description A shift of the facility's hours (GET /shifts), counted by the day on which it began; another text: as it came with the photo */
                                    shift?: string;
                                    /** @enum {unknown} */
                                    analyzer?: "azure" | "local";
                                    /** @description Model version, exactly */
                                    model_version?: string;
                                    /**
                                     * @description What is counted. photo: each for itself. part: photos of one part_id in one facility are one part, as bad as the worst of them; a photo without part_id is a part. unit: defective parts over the inspected units that were entered (PUT /inspected-units), only where there is a number
                                     * @default photo
                                     * @enum {unknown}
                                     */
                                    basis: "photo" | "part" | "unit";
                                    /**
                                     * @description final: a person's verdict where one has confirmed or corrected, else the analyzer's. ai: the analyzer's word, of all. human: only what a person has confirmed or corrected, by the person's verdict; who was unsure has not
                                     * @default final
                                     * @enum {unknown}
                                     */
                                    truth: "final" | "ai" | "human";
                                };
                                /** Format: date-time */
                                from: string;
                                /** Format: date-time */
                                to: string;
                                /** @description Photos, parts or units, as basis says */
                                inspected: number;
                                /** @description Of these, with a defect */
                                defects: number;
                                /** @description defects / inspected */
                                centre_percent: number;
                                /** @description Who has frozen it */
                                person: string;
                                /** Format: date-time */
                                created_at: string;
                            } | null;
                            /** @description Judged points that expect fewer than 5 defects: their limits are a rough approximation */
                            small_samples: number;
                            /** @description Points where too little was inspected for limits */
                            not_judged: number;
                            /** @description In order of their ends */
                            signals: {
                                /** @enum {unknown} */
                                rule: 1 | 2 | 3 | 4;
                                /** @description Place in points of where the run begins, from 0 */
                                first: number;
                                /** @description Place in points of where it ends */
                                last: number;
                                /** @description How many judged points it has */
                                length: number;
                                /** @description Where the points lie (rules 1 and 2) or go (rule 3); null of rule 4 */
                                direction: ("up" | "down") | null;
                            }[];
                            /** @description In order of time, also where nothing was inspected */
                            points: {
                                /** Format: date-time */
                                start: string;
                                /**
                                 * Format: date-time
                                 * @description Exclusive
                                 */
                                end: string;
                                /**
                                 * Format: date
                                 * @description The day of start on the clocks of time_zone; of shifts, the one on which the shift began
                                 */
                                day: string;
                                /**
                                 * Format: date
                                 * @description The last day inside
                                 */
                                last_day: string;
                                shift: string | null;
                                /** @description Photos, parts or units, as basis says */
                                inspected: number;
                                /** @description Of these, with a defect */
                                defects: number;
                                /** @description defects / inspected. Percent; null of none */
                                defect_rate_percent: number | null;
                                /** @description False: nothing was inspected, or so little that limits say nothing (fewer than 25, or fewer than one defect expected; ASTM MNL7). Such a point has no limits and takes no part in the rules */
                                judged: boolean;
                                /** @description Lower control limit, not below 0. Percent; null of none */
                                lower_percent: number | null;
                                /** @description Upper control limit. Percent; null of none */
                                upper_percent: number | null;
                                /** @description Distance from the centre line in standard errors; null: not judged */
                                z: number | null;
                                /** @description Beyond a limit; null: within, or not judged */
                                outside: ("above" | "below") | null;
                                /** @description The rules that the point completes or goes on with */
                                rules: (1 | 2 | 3 | 4)[];
                                photos: number;
                                /** @description Of the photos. US dollars; null: unknown */
                                cost_usd: number | null;
                            }[];
                        };
                        /** @description The most frequent first */
                        by_defect_type: {
                            /** @enum {unknown} */
                            defect_type: "blade_scratch" | "blade_chip" | "edge_irregularity" | "handle_crack" | "handle_discoloration" | "weld_defect" | "polish_defect" | "rust_spot" | "dimensional_error" | "assembly_misalignment" | "surface_contamination" | "heat_treatment_defect" | "unknown";
                            /** @description Of these, with a defect */
                            defects: number;
                            /** @description Of all defects. Percent; null of none */
                            share_percent: number | null;
                            /** @description Of all defects. Percent; null of none */
                            cumulative_percent: number | null;
                        }[];
                        /** @description Probable stages in production order, as the model says; null: not told */
                        by_stage: {
                            stage: ("blade_stamp" | "bolster_welding" | "back_edge_polishing" | "taper_grinding" | "heat_treatment" | "vacuum_quench" | "handle_injection" | "rivet_assembly" | "handle_polishing" | "blade_glazing" | "cutting_edge_honing" | "logo_print" | "inspection" | "packaging") | null;
                            /** @description Of these, with a defect */
                            defects: number;
                            /** @description Of all defects. Percent; null of none */
                            share_percent: number | null;
                        }[];
                        /** @description All four, the worst first */
                        by_severity: {
                            /** @enum {unknown} */
                            severity: "critical" | "major" | "minor" | "cosmetic";
                            /** @description Of these, with a defect */
                            defects: number;
                            /** @description Of all defects. Percent; null of none */
                            share_percent: number | null;
                        }[];
                        /** @description Most defects first */
                        by_sku: {
                            product_sku: string;
                            /** @description Photos, parts or units, as basis says */
                            inspected: number;
                            /** @description Of these, with a defect */
                            defects: number;
                            /** @description defects / inspected. Percent; null of none */
                            defect_rate_percent: number | null;
                        }[];
                        /** @description Most defects first; null: not told. At most 50 */
                        by_line: {
                            line_id: string | null;
                            /** @description Photos, parts or units, as basis says */
                            inspected: number;
                            /** @description Of these, with a defect */
                            defects: number;
                            /** @description defects / inspected. Percent; null of none */
                            defect_rate_percent: number | null;
                        }[];
                        confidence: {
                            /** @description Inclusive */
                            from: number;
                            /** @description Exclusive, but for the last; null: no end */
                            to: number | null;
                            /** @description Photos */
                            count: number;
                        }[];
                        latency_ms: {
                            /** @description Inclusive */
                            from: number;
                            /** @description Exclusive, but for the last; null: no end */
                            to: number | null;
                            /** @description Photos */
                            count: number;
                        }[];
                        units: {
                            /** @description Inspected units that were entered for the filters and days */
                            total: number;
                            /** @description Days of shifts, with photos of a facility, product, line or shift that no number covers. Of basis unit only */
                            missing_days: string[];
                        };
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    statisticsChoices: {
        parameters: {
            query?: {
                facility?: "hongkong" | "shenzhen" | "yangjiang";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        lines: string[];
                        stations: string[];
                        shifts: string[];
                        model_versions: string[];
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listInspectedUnits: {
        parameters: {
            query?: {
                facility?: "hongkong" | "shenzhen" | "yangjiang";
                /** @description First day */
                from?: string;
                /** @description Last day */
                to?: string;
                product_sku?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        inspected_units: {
                            /** @enum {unknown} */
                            facility: "hongkong" | "shenzhen" | "yangjiang";
                            /**
                             * Format: date
                             * @description Of the facility's time zone; of a shift over midnight, the day on which it began
                             */
                            day: string;
                            /** @description Empty: all shifts that began on the day */
                            shift: string;
                            /** @description Empty: all lines */
                            line_id: string;
                            product_sku: string;
                            units: number;
                            /** @description Who entered it last */
                            person: string;
                            /** Format: date-time */
                            updated_at: string;
                        }[];
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setInspectedUnits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {unknown} */
                    facility: "hongkong" | "shenzhen" | "yangjiang";
                    /**
                     * Format: date
                     * @description Of the facility's time zone, not in the future; of a shift over midnight, the day on which it began
                     */
                    day: string;
                    /** @description A shift of the day (GET /shifts); left out or empty: all shifts that began on it */
                    shift?: string;
                    /** @description Left out or empty: all lines */
                    line_id?: string;
                    product_sku: string;
                    /** @description How many were inspected; null removes the number */
                    units: number | null;
                    /** @description Who it is. Only of a call by a bare key: in a session its name counts */
                    person?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description As it stands now; null: removed */
                        inspected_units: {
                            /** @enum {unknown} */
                            facility: "hongkong" | "shenzhen" | "yangjiang";
                            /**
                             * Format: date
                             * @description Of the facility's time zone; of a shift over midnight, the day on which it began
                             */
                            day: string;
                            /** @description Empty: all shifts that began on the day */
                            shift: string;
                            /** @description Empty: all lines */
                            line_id: string;
                            product_sku: string;
                            units: number;
                            /** @description Who entered it last */
                            person: string;
                            /** Format: date-time */
                            updated_at: string;
                        } | null;
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrives too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the current state */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body or the image is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not an image of an accepted type, or a body of an unknown type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listShifts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        facilities: {
                            /** @enum {unknown} */
                            facility: "hongkong" | "shenzhen" | "yangjiang";
                            /** @description IANA name */
                            time_zone: string;
                            /**
                             * Format: date
                             * @description Day of the current shift: until the night shift ends, this is the previous date
                             */
                            today: string;
                            /** @description Shifts in force today */
                            shifts: {
                                name: string;
                                /** @description Local time of the facility, such as 20:00 */
                                start: string;
                                /** @description Local time; on the next day if at or before start, such as 20:00 */
                                end: string;
                            }[];
                            /** @description The shift that ended last */
                            last_finished: {
                                /**
                                 * Format: date
                                 * @description Day on which it began: the night shift of 27 November ends on the 28th
                                 */
                                day: string;
                                shift: string;
                                /** Format: date-time */
                                from: string;
                                /**
                                 * Format: date-time
                                 * @description Exclusive
                                 */
                                to: string;
                            } | null;
                            /** @description Latest first; the last entry has the default hours */
                            hours: {
                                /** @description Null: the default hours, which apply before all others */
                                from_day: string | null;
                                shifts: {
                                    name: string;
                                    /** @description Local time of the facility, such as 20:00 */
                                    start: string;
                                    /** @description Local time; on the next day if at or before start, such as 20:00 */
                                    end: string;
                                }[];
                                /** @description Who set the hours */
                                person: string | null;
                                updated_at: string | null;
                            }[];
                        }[];
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setShifts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {unknown} */
                    facility: "hongkong" | "shenzhen" | "yangjiang";
                    /**
                     * Format: date
                     * @description Default: the facility's current day. With a day in the past, the new hours also apply to stored results
                     */
                    from_day?: string;
                    /** @description All shifts of a day; none may overlap */
                    shifts: {
                        name: string;
                        /** @description Local time of the facility, such as 20:00 */
                        start: string;
                        /** @description Local time; on the next day if at or before start, such as 20:00 */
                        end: string;
                    }[];
                    /** @description Who it is. Only of a call by a bare key: in a session its name counts */
                    person?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        facilities: {
                            /** @enum {unknown} */
                            facility: "hongkong" | "shenzhen" | "yangjiang";
                            /** @description IANA name */
                            time_zone: string;
                            /**
                             * Format: date
                             * @description Day of the current shift: until the night shift ends, this is the previous date
                             */
                            today: string;
                            /** @description Shifts in force today */
                            shifts: {
                                name: string;
                                /** @description Local time of the facility, such as 20:00 */
                                start: string;
                                /** @description Local time; on the next day if at or before start, such as 20:00 */
                                end: string;
                            }[];
                            /** @description The shift that ended last */
                            last_finished: {
                                /**
                                 * Format: date
                                 * @description Day on which it began: the night shift of 27 November ends on the 28th
                                 */
                                day: string;
                                shift: string;
                                /** Format: date-time */
                                from: string;
                                /**
                                 * Format: date-time
                                 * @description Exclusive
                                 */
                                to: string;
                            } | null;
                            /** @description Latest first; the last entry has the default hours */
                            hours: {
                                /** @description Null: the default hours, which apply before all others */
                                from_day: string | null;
                                shifts: {
                                    name: string;
                                    /** @description Local time of the facility, such as 20:00 */
                                    start: string;
                                    /** @description Local time; on the next day if at or before start, such as 20:00 */
                                    end: string;
                                }[];
                                /** @description Who set the hours */
                                person: string | null;
                                updated_at: string | null;
                            }[];
                        }[];
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrives too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body or the image is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not an image of an accepted type, or a body of an unknown type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listChartBaselines: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        baselines: {
                            scope: {
                                /** @enum {unknown} */
                                facility?: "hongkong" | "shenzhen" | "yangjiang";
                                /** @description As corrected, where it was */
                                product_sku?: string;
                                /** @description Line, exactly */
                                line_id?: string;
                                /** @description Station, exactly */
                                station?: string;
                                /** @description A shift of the facility's hours (GET /shifts), counted by the day on which it began; another text: as it came with the photo */
                                shift?: string;
                                /** @enum {unknown} */
                                analyzer?: "azure" | "local";
                                /** @description Model version, exactly */
                                model_version?: string;
                                /**
                                 * @description What is counted. photo: each for itself. part: photos of one part_id in one facility are one part, as bad as the worst of them; a photo without part_id is a part. unit: defective parts over the inspected units that were entered (PUT /inspected-units), only where there is a number
                                 * @default photo
                                 * @enum {unknown}
                                 */
                                basis: "photo" | "part" | "unit";
                                /**
                                 * @description final: a person's verdict where one has confirmed or corrected, else the analyzer's. ai: the analyzer's word, of all. human: only what a person has confirmed or corrected, by the person's verdict; who was unsure has not
                                 * @default final
                                 * @enum {unknown}
                                 */
                                truth: "final" | "ai" | "human";
                            };
                            /** Format: date-time */
                            from: string;
                            /** Format: date-time */
                            to: string;
                            /** @description Photos, parts or units, as basis says */
                            inspected: number;
                            /** @description Of these, with a defect */
                            defects: number;
                            /** @description defects / inspected */
                            centre_percent: number;
                            /** @description Who has frozen it */
                            person: string;
                            /** Format: date-time */
                            created_at: string;
                        }[];
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setChartBaseline: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {unknown} */
                    facility?: "hongkong" | "shenzhen" | "yangjiang";
                    /** @description As corrected, where it was */
                    product_sku?: string;
                    /** @description Line, exactly */
                    line_id?: string;
                    /** @description Station, exactly */
                    station?: string;
                    /** @description A shift of the facility's hours (GET /shifts), counted by the day on which it began; another text: as it came with the photo */
                    shift?: string;
                    /** @enum {unknown} */
                    analyzer?: "azure" | "local";
                    /** @description Model version, exactly */
                    model_version?: string;
                    /**
                     * @description What is counted. photo: each for itself. part: photos of one part_id in one facility are one part, as bad as the worst of them; a photo without part_id is a part. unit: defective parts over the inspected units that were entered (PUT /inspected-units), only where there is a number
                     * @default photo
                     * @enum {unknown}
                     */
                    basis?: "photo" | "part" | "unit";
                    /**
                     * @description final: a person's verdict where one has confirmed or corrected, else the analyzer's. ai: the analyzer's word, of all. human: only what a person has confirmed or corrected, by the person's verdict; who was unsure has not
                     * @default final
                     * @enum {unknown}
                     */
                    truth?: "final" | "ai" | "human";
                    /** @description Whose rate becomes the centre line, at most 400 days; null: the baseline is removed */
                    range: {
                        /** Format: date-time */
                        from: string;
                        /** Format: date-time */
                        to: string;
                    } | null;
                    /** @description Who it is. Only of a call by a bare key: in a session its name counts */
                    person?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        baseline: {
                            scope: {
                                /** @enum {unknown} */
                                facility?: "hongkong" | "shenzhen" | "yangjiang";
                                /** @description As corrected, where it was */
                                product_sku?: string;
                                /** @description Line, exactly */
                                line_id?: string;
                                /** @description Station, exactly */
                                station?: string;
                                /** @description A shift of the facility's hours (GET /shifts), counted by the day on which it began; another text: as it came with the photo */
                                shift?: string;
                                /** @enum {unknown} */
                                analyzer?: "azure" | "local";
                                /** @description Model version, exactly */
                                model_version?: string;
                                /**
                                 * @description What is counted. photo: each for itself. part: photos of one part_id in one facility are one part, as bad as the worst of them; a photo without part_id is a part. unit: defective parts over the inspected units that were entered (PUT /inspected-units), only where there is a number
                                 * @default photo
                                 * @enum {unknown}
                                 */
                                basis: "photo" | "part" | "unit";
                                /**
                                 * @description final: a person's verdict where one has confirmed or corrected, else the analyzer's. ai: the analyzer's word, of all. human: only what a person has confirmed or corrected, by the person's verdict; who was unsure has not
                                 * @default final
                                 * @enum {unknown}
                                 */
                                truth: "final" | "ai" | "human";
                            };
                            /** Format: date-time */
                            from: string;
                            /** Format: date-time */
                            to: string;
                            /** @description Photos, parts or units, as basis says */
                            inspected: number;
                            /** @description Of these, with a defect */
                            defects: number;
                            /** @description defects / inspected */
                            centre_percent: number;
                            /** @description Who has frozen it */
                            person: string;
                            /** Format: date-time */
                            created_at: string;
                        } | null;
                    };
                };
            };
            /** @description A field is missing or invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key or session is missing or invalid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the required scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrives too slowly */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body or the image is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not an image of an accepted type, or a body of an unknown type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Limit exceeded: wait as long as Retry-After says */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Overloaded or not ready: wait as long as Retry-After says */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
