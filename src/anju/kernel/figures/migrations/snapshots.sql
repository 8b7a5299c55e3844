-- One salt per database; the application may read it and nothing else.
INSERT INTO figures_salt (salt) VALUES (gen_random_uuid()::text || gen_random_uuid()::text);
REVOKE INSERT, UPDATE, DELETE ON figures_salt FROM anju_app;

-- A snapshot never changes but for being frozen, and a frozen one stays.
CREATE FUNCTION figures_snapshot_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.frozen_at IS NOT NULL THEN
            RAISE EXCEPTION 'figures.snapshot_frozen: snapshot % is frozen', OLD.id USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.frozen_at IS NOT NULL OR to_jsonb(OLD) - 'frozen_at' IS DISTINCT FROM to_jsonb(NEW) - 'frozen_at' THEN
        RAISE EXCEPTION 'figures.snapshot_fixed: snapshot % may only be frozen', OLD.id USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fixed BEFORE UPDATE OR DELETE ON figures_snapshot FOR EACH ROW EXECUTE FUNCTION figures_snapshot_guard();
