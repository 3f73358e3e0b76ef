ALTER TABLE `outbox` ADD `scopes` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `undo_log` ADD `scopes` text DEFAULT '[]' NOT NULL;