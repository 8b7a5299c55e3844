-- SV-01: what a certificate says stays; it can only be made void, with a reason.
CREATE FUNCTION market_certificate_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.code <> '' AND (OLD.state = 'void' OR to_jsonb(NEW) - ARRAY['state', 'void_reason', 'version', 'updated_at', 'resident_id', 'resident_id_index']
        IS DISTINCT FROM to_jsonb(OLD) - ARRAY['state', 'void_reason', 'version', 'updated_at', 'resident_id', 'resident_id_index']
        OR NEW.resident_id IS DISTINCT FROM OLD.resident_id) OR OLD.code = '' AND NEW.code <> '' THEN
        PERFORM market_refuse('certificate_stays', OLD.certificate_no);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stays BEFORE UPDATE ON market_certificate FOR EACH ROW EXECUTE FUNCTION market_certificate_stays();
REVOKE DELETE, TRUNCATE ON market_certificate FROM anju_app;
