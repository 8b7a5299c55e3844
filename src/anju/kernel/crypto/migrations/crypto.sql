-- A registered fingerprint never changes and never goes: it says which keys this database was written with.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON crypto_keyversion FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
REVOKE ALL ON crypto_keyversion FROM anju_app;
GRANT SELECT, INSERT ON crypto_keyversion TO anju_app;
