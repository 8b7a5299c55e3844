REVOKE DELETE, TRUNCATE ON housing_onlinerequest, housing_onlineperson FROM anju_app;

-- The place in the line stays, its series too.
CREATE OR REPLACE FUNCTION housing_place_in_line_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.entry_no, NEW.household_id, NEW.application_id, NEW.product, NEW.basis, NEW.series, NEW.ordered_on, NEW.score, NEW.published_until, NEW.registered_on,
        NEW.expires_on)
       IS DISTINCT FROM
       (OLD.entry_no, OLD.household_id, OLD.application_id, OLD.product, OLD.basis, OLD.series, OLD.ordered_on, OLD.score, OLD.published_until, OLD.registered_on,
        OLD.expires_on) THEN
        PERFORM housing_refuse('place_in_the_line_stays', OLD.entry_no);
    END IF;
    RETURN NEW;
END $$;
