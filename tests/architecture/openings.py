"""Each hole that `holes.sql` looks for, opened: the statement, and what the query must say of it."""

OPENINGS = [
    ("ALTER TABLE associations_fact DISABLE ROW LEVEL SECURITY", "row security is off"),
    (
        "ALTER TABLE associations_fact NO FORCE ROW LEVEL SECURITY",
        "row security is not forced on the owner",
    ),
    ("ALTER TABLE associations_fact OWNER TO register_console", "owned by a role of the application"),
    (
        "CREATE POLICY extra ON associations_fact TO register_console USING (true)",
        "policies overlap for one role",
    ),
    ("CREATE POLICY extra ON associations_fact USING (true)", "a policy is for everybody"),
    (
        "ALTER POLICY own_rows ON associations_fact USING (true)",
        "the console policy does not ask for the association",
    ),
    (
        "GRANT TRUNCATE ON associations_fact TO register_console",
        "TRUNCATE, REFERENCES or TRIGGER is granted",
    ),
    ("GRANT SELECT ON associations_fact TO PUBLIC", "granted to everybody"),
    ("CREATE VIEW peep AS SELECT * FROM associations_fact", "a view runs with its owner's rights"),
    (
        "CREATE MATERIALIZED VIEW peep AS SELECT * FROM associations_fact",
        "a materialised view holds rows outside any policy",
    ),
    (
        "CREATE FUNCTION peep() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT 1::bigint'",
        "a function runs with its owner's rights",
    ),
    (
        "CREATE FUNCTION peep(text) RETURNS bool LANGUAGE sql LEAKPROOF AS 'SELECT true'",
        "a function was called leakproof by hand",
    ),
    (
        "CREATE UNIQUE INDEX peep ON associations_membership (code) WHERE code <> ''",
        "a unique index spans associations",
    ),
    (
        (
            "ALTER TABLE associations_fact ADD CONSTRAINT peep FOREIGN KEY (membership_id) "
            "REFERENCES associations_membership (id)"
        ),
        "a key can point into another association",
    ),
    ("ALTER TABLE associations_check ALTER association_id DROP NOT NULL", "a row may belong to nobody"),
    (
        "ALTER TABLE associations_fact DROP CONSTRAINT associations_fact_membership_id_own_fk",
        "a row may name an association that there is not",
    ),
    (
        "ALTER TABLE associations_conductdue ALTER membership_id DROP NOT NULL",
        "a row may name an association that there is not",
    ),
    (
        (
            "ALTER TABLE associations_check DROP CONSTRAINT associations_check_membership_id_own_fk, "
            "ADD CONSTRAINT peep FOREIGN KEY (association_id, membership_id) "
            "REFERENCES associations_membership (association_id, id) NOT VALID"
        ),
        "a row may name an association that there is not",
    ),
    (
        "CREATE TABLE peep (association_id bigint)",
        "names an association, yet is declared neither tenant nor shared",
    ),
    (
        "DROP TRIGGER rows_stay ON associations_membership",
        "a key checked at once leads to rows that may go",
    ),
    (
        "ALTER TABLE associations_membership DISABLE TRIGGER numbers_stay",
        "a key checked at once leads to rows that may go",
    ),
    (
        "ALTER TABLE credit_standing DISABLE TRIGGER membership_id_own_key_update",
        "a key checked at once is not asked of every row",
    ),
    (
        "ALTER TABLE credit_formerrating DISABLE TRIGGER membership_id_own_key_insert",
        "a row may name an association that there is not",
    ),
    ("GRANT SELECT ON associations_fact_p03 TO register_console", "a partition can be asked directly"),
    ("GRANT SELECT ON associations_fact_p03 TO PUBLIC", "a partition can be asked directly"),
    (
        "ALTER TABLE credit_formerrating_p15 DISABLE ROW LEVEL SECURITY",
        "a partition does not force row security",
    ),
    (
        "ALTER TABLE credit_formerrating_p15 NO FORCE ROW LEVEL SECURITY",
        "a partition does not force row security",
    ),
    (
        "CREATE POLICY own ON credit_standing_p00 TO register_engine USING (true)",
        "a partition lets rows through by a policy of its own",
    ),
    (
        "DROP TRIGGER append_only ON associations_fact_p07",
        "a partition can be changed though its table is append-only",
    ),
    (
        "ALTER TABLE associations_fact_p07 DISABLE TRIGGER append_only",
        "a partition can be changed though its table is append-only",
    ),
    ("ALTER TABLE credit_formerrating_p02 OWNER TO register_engine", "owned by a role of the application"),
    ("CREATE UNIQUE INDEX peep ON associations_fact_p03 (key)", "a unique index spans associations"),
    (
        "GRANT UPDATE ON SEQUENCE associations_fact_id_seq TO register_console",
        "a sequence can be set by the application",
    ),
    ("ALTER ROLE register_console BYPASSRLS", "a role of the application bypasses row security"),
    ("ALTER ROLE register_app INHERIT", "the log-in inherits what its roles may"),
    ("GRANT register_engine TO register_console", "a role is a member of another"),
    (
        (
            "DO $$ BEGIN EXECUTE 'ALTER TABLE associations_membership DROP CONSTRAINT ' || (SELECT conname FROM "
            "pg_constraint WHERE conrelid = 'associations_membership'::regclass "
            "AND confrelid = 'associations_association'::regclass); END $$"
        ),
        "a row may name an association that there is not",
    ),
]
