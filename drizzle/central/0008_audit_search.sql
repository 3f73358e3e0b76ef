-- Looking through the audit trail: newest first by program, by person and by kind of record. All three grow at their right edge only.
CREATE INDEX entry_program_idx ON audit.entry (program_id, id);
--> statement-breakpoint
CREATE INDEX entry_user_idx ON audit.entry (user_id, id);
--> statement-breakpoint
CREATE INDEX entry_tbl_idx ON audit.entry (tbl, id);
--> statement-breakpoint
UPDATE sync.release SET sql_hash = '';
