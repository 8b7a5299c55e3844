-- A re-review keeps its cause and is concluded once; a refused application is alive again when its case is.
INSERT INTO housing_transition VALUES ('application', 'refused', 'accepted');
CREATE FUNCTION housing_review_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.outcome <> '' OR (NEW.lease_id, NEW.cause, NEW.year, NEW.evidence, NEW.opened_on, NEW.case_id)
       IS DISTINCT FROM (OLD.lease_id, OLD.cause, OLD.year, OLD.evidence, OLD.opened_on, OLD.case_id) THEN
        PERFORM housing_refuse('review_stays');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stays BEFORE UPDATE ON housing_leasereview FOR EACH ROW EXECUTE FUNCTION housing_review_stays();
REVOKE DELETE, TRUNCATE ON housing_leasereview FROM anju_app;
