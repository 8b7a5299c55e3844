-- Everybody reads the calendar, the installation writes it, nobody changes or removes what was entered.
SELECT anju_protect_reference('calendar_notice');
SELECT anju_protect_reference('calendar_exceptionalday');
SELECT journal_track('calendar_notice');
SELECT journal_track('calendar_exceptionalday');
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON calendar_notice FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON calendar_exceptionalday FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
REVOKE ALL ON calendar_notice, calendar_exceptionalday FROM anju_app;
GRANT SELECT, INSERT ON calendar_notice, calendar_exceptionalday TO anju_app;
