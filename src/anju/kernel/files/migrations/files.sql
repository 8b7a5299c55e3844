-- What a file is never changes; it may only become void. Nothing is deleted.
CREATE FUNCTION files_keep() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - 'voided_at') = (to_jsonb(OLD) - 'voided_at') AND OLD.voided_at IS NULL THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'files.append_only: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON files_storedfile FOR EACH ROW EXECUTE FUNCTION files_keep();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON files_filelink FOR EACH ROW EXECUTE FUNCTION files_keep();
REVOKE DELETE, TRUNCATE ON files_storedfile, files_filelink FROM anju_app;
REVOKE UPDATE ON files_storedfile, files_filelink FROM anju_app;
GRANT UPDATE (voided_at) ON files_storedfile, files_filelink TO anju_app;
