from django.db import migrations

# PF-01: whoever issues a pre-sale permit, the agreement it names is in force and its account is that agreement's.
GUARD = """
CREATE FUNCTION funds_permit_has_live_escrow() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM funds_agreement WHERE bureau_id = NEW.bureau_id AND agreement_no = NEW.agreement AND account_no = NEW.escrow_account
        AND state = 'effective' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'funds.permit_has_live_escrow: permit %', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'permit_has_live_escrow';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER permit_has_live_escrow BEFORE INSERT OR UPDATE OF state ON market_permit FOR EACH ROW
    WHEN (NEW.state = 'issued' AND NEW.kind = 'presale' AND NEW.agreement <> '' AND NEW.escrow_account <> '')
    EXECUTE FUNCTION funds_permit_has_live_escrow();
"""
UNDO = "DROP TRIGGER permit_has_live_escrow ON market_permit; DROP FUNCTION funds_permit_has_live_escrow()"


class Migration(migrations.Migration):
    dependencies = [("funds", "0002_guards"), ("market", "0002_guards")]

    operations = [migrations.RunSQL(GUARD, reverse_sql=UNDO)]
