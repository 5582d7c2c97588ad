-- Trigram index of the search field. RDS lets its master user create it (a trusted extension since PostgreSQL 13).
CREATE EXTENSION IF NOT EXISTS pg_trgm;
