-- A step that was taken is not taken again by somebody else: what a batch was reviewed and approved with changes only with its state.
CREATE FUNCTION housing_batch_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.rows, NEW.total, NEW.paid_total, NEW.reviewed_by, NEW.approved_by, NEW.approved_on, NEW.late_reason, NEW.close_reason)
       IS DISTINCT FROM (OLD.rows, OLD.total, OLD.paid_total, OLD.reviewed_by, OLD.approved_by, OLD.approved_on, OLD.late_reason, OLD.close_reason) THEN
        PERFORM housing_refuse('illegal_transition', NEW.state || ' -> ' || NEW.state);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER b_stands BEFORE UPDATE ON housing_paymentbatch FOR EACH ROW
    WHEN (OLD.state = NEW.state AND OLD.state <> 'draft') EXECUTE FUNCTION housing_batch_stands();
