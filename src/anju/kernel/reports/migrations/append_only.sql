-- A frozen report is never changed or removed: by privilege for the application, by trigger for everybody.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reports_frozenreport FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reports_frozenfigure FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reports_frozenfinding FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
REVOKE ALL ON reports_frozenreport, reports_frozenfigure, reports_frozenfinding FROM anju_app;
GRANT SELECT, INSERT ON reports_frozenreport, reports_frozenfigure, reports_frozenfinding TO anju_app;
