-- Ways through the walls that PostgreSQL leaves open unless each is closed. Every row is a hole; none may be found.
-- Parameters: %(tenant)s the declared tenant tables, %(open)s tables with association_id that are declared shared,
-- %(roles)s the three roles, %(login)s the application's log-in.
WITH RECURSIVE tenant AS (
  SELECT c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity, c.relowner
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = 'public' AND c.relname = ANY(%(tenant)s)
), ours AS (
  SELECT oid, rolname, rolsuper, rolbypassrls, rolinherit FROM pg_roles
  WHERE rolname = ANY(%(roles)s) OR rolname = %(login)s
), part AS (
  SELECT c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity, c.relowner, c.relacl, tenant.oid AS whole
  FROM tenant, LATERAL pg_partition_tree(tenant.oid) tree JOIN pg_class c ON c.oid = tree.relid
  WHERE tree.level > 0
), leads AS ( -- from whose rows a key leads to another table's, of the same association
  SELECT k.conrelid AS here, k.confrelid AS there FROM pg_constraint k
  JOIN pg_attribute there ON there.attrelid = k.confrelid
    AND there.attname = CASE k.confrelid WHEN 'associations_association'::regclass THEN 'id' ELSE 'association_id' END
  JOIN pg_attribute here ON here.attrelid = k.conrelid AND here.attname = 'association_id'
  WHERE k.contype = 'f' AND k.convalidated
    AND (here.attnum, there.attnum) IN (SELECT * FROM unnest(k.conkey, k.confkey))
    AND NOT EXISTS (SELECT FROM pg_attribute a -- one NULL, and the key is not asked
      WHERE a.attrelid = k.conrelid AND a.attnum = ANY(k.conkey) AND NOT a.attnotnull)
), at_once AS ( -- keys checked for all new rows of a statement, by one trigger, and kept as they are by another
  SELECT t.tgrelid AS here, told[1] AS key, to_regclass(told[2]) AS there, t.tgtype & 4 > 0 AND EXISTS (
      SELECT FROM pg_trigger kept
      WHERE kept.tgrelid = t.tgrelid AND kept.tgname = told[1] || '_own_key_update' AND kept.tgenabled = 'O'
        AND kept.tgfoid = 'register_keep_rows'::regproc AND kept.tgtype & 16 > 0) AS asked
  FROM pg_trigger t, string_to_array(encode(t.tgargs, 'escape'), '\000') told
  WHERE t.tgfoid = 'register_check_keys'::regproc AND t.tgenabled = 'O'
), stays AS ( -- tables whose rows never go and keep their numbers
  SELECT tgrelid FROM pg_trigger WHERE tgenabled = 'O' AND tgname IN ('append_only', 'rows_stay', 'numbers_stay')
  GROUP BY tgrelid HAVING count(*) FILTER (WHERE tgname = 'append_only') = 1 OR count(*) = 2
), proved AS ( -- whose rows name an association there is: by a key to it, or to rows that do
  SELECT 'associations_association'::regclass::oid AS oid
  UNION
  SELECT key.here FROM proved JOIN (
    TABLE leads UNION ALL
    SELECT at_once.here, at_once.there FROM at_once
    JOIN pg_attribute a ON a.attrelid = at_once.here AND a.attname = at_once.key AND a.attnotnull
    WHERE at_once.asked
  ) key ON key.there = proved.oid
)
SELECT 'row security is off' AS hole, relname::text AS at FROM tenant WHERE NOT relrowsecurity
UNION ALL
SELECT 'row security is not forced on the owner', relname FROM tenant WHERE NOT relforcerowsecurity
UNION ALL
SELECT 'owned by a role of the application', relname
FROM (TABLE tenant UNION ALL SELECT oid, relname, relrowsecurity, relforcerowsecurity, relowner FROM part) any_table
JOIN ours ON ours.oid = any_table.relowner
UNION ALL
SELECT 'a role of the application bypasses row security', rolname FROM ours WHERE rolsuper OR rolbypassrls
UNION ALL
SELECT 'the log-in inherits what its roles may', rolname FROM ours WHERE rolname = %(login)s AND rolinherit
UNION ALL
SELECT 'a role is a member of another', ours.rolname || ' in ' || pg_get_userbyid(m.roleid)
FROM pg_auth_members m JOIN ours ON ours.oid = m.member
WHERE NOT (ours.rolname = %(login)s AND pg_get_userbyid(m.roleid) = ANY(%(roles)s))
UNION ALL
SELECT 'policies overlap for one role', tenant.relname || ' ' || r::regrole::text
FROM pg_policy p JOIN tenant ON tenant.oid = p.polrelid, unnest(p.polroles) r
WHERE p.polpermissive GROUP BY tenant.relname, r HAVING count(*) > 1
UNION ALL
SELECT 'a policy is for everybody', tenant.relname || ' ' || p.polname
FROM pg_policy p JOIN tenant ON tenant.oid = p.polrelid WHERE 0 = ANY(p.polroles)
UNION ALL
SELECT 'the console policy does not ask for the association', tenant.relname
FROM tenant LEFT JOIN pg_policy p ON p.polrelid = tenant.oid AND p.polname = 'own_rows'
WHERE p.oid IS NULL OR pg_get_expr(p.polqual, p.polrelid) NOT LIKE '%%app.association%%'
   OR pg_get_expr(p.polwithcheck, p.polrelid) NOT LIKE '%%app.association%%'
UNION ALL
SELECT 'TRUNCATE, REFERENCES or TRIGGER is granted', c.relname || ' to ' || pg_get_userbyid(a.grantee)
FROM pg_class c, aclexplode(c.relacl) a
WHERE a.grantee IN (SELECT oid FROM ours) AND a.privilege_type IN ('TRUNCATE', 'REFERENCES', 'TRIGGER')
UNION ALL
SELECT 'granted to everybody', c.relname::text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) a
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm') AND a.grantee = 0
UNION ALL
SELECT 'a view runs with its owner''s rights', c.relname::text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind = 'v'
  AND NOT coalesce(c.reloptions @> ARRAY['security_invoker=true'], false)
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
UNION ALL
SELECT 'a materialised view holds rows outside any policy', c.relname::text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind = 'm'
UNION ALL
SELECT 'a function runs with its owner''s rights', p.proname::text
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = 'public' AND p.prosecdef
UNION ALL
SELECT 'a function was called leakproof by hand', p.proname::text
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = 'public' AND p.proleakproof
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
UNION ALL
SELECT 'a unique index spans associations', i.indexrelid::regclass::text
FROM pg_index i JOIN (SELECT oid FROM tenant UNION ALL SELECT oid FROM part) any_table ON any_table.oid = i.indrelid
WHERE i.indisunique AND NOT EXISTS (
  SELECT 1 FROM pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
    AND a.attname IN ('association_id', 'id', 'public_id'))
UNION ALL
SELECT 'a key can point into another association', k.conname::text
FROM pg_constraint k JOIN tenant t ON t.oid = k.conrelid JOIN tenant f ON f.oid = k.confrelid
WHERE k.contype = 'f' AND NOT EXISTS (
  SELECT 1 FROM pg_attribute a WHERE a.attrelid = k.conrelid AND a.attnum = ANY(k.conkey)
    AND a.attname = 'association_id')
UNION ALL
SELECT 'a key checked at once leads to rows that may go', here::regclass::text FROM at_once
WHERE there NOT IN (SELECT tgrelid FROM stays)
UNION ALL
SELECT 'a key checked at once is not asked of every row', here::regclass::text FROM at_once WHERE NOT asked
UNION ALL
SELECT 'a partition can be asked directly', c.relname::text
FROM part c, aclexplode(c.relacl) a WHERE a.grantee = 0 OR a.grantee IN (SELECT oid FROM ours)
UNION ALL
SELECT 'a partition does not force row security', relname::text FROM part
WHERE NOT (relrowsecurity AND relforcerowsecurity)
UNION ALL
SELECT 'a partition lets rows through by a policy of its own', part.relname || ' ' || p.polname
FROM pg_policy p JOIN part ON part.oid = p.polrelid
UNION ALL
SELECT 'a partition can be changed though its table is append-only', part.relname::text
FROM part JOIN pg_trigger kept ON kept.tgrelid = part.whole AND kept.tgname = 'append_only'
WHERE NOT EXISTS (SELECT FROM pg_trigger t
  WHERE t.tgrelid = part.oid AND t.tgname = 'append_only' AND t.tgenabled = 'O' AND t.tgtype = kept.tgtype)
UNION ALL
SELECT 'a sequence can be set by the application', c.relname || ' by ' || pg_get_userbyid(a.grantee)
FROM pg_class c, aclexplode(c.relacl) a
WHERE c.relkind = 'S' AND a.privilege_type <> 'USAGE' AND (a.grantee = 0 OR a.grantee IN (SELECT oid FROM ours))
UNION ALL
SELECT 'a row may belong to nobody', tenant.relname::text
FROM tenant JOIN pg_attribute a ON a.attrelid = tenant.oid
WHERE a.attname = 'association_id' AND NOT a.attnotnull
UNION ALL
SELECT 'a row may name an association that there is not', relname::text FROM tenant
WHERE oid NOT IN (SELECT oid FROM proved)
UNION ALL
SELECT 'names an association, yet is declared neither tenant nor shared', c.relname::text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND a.attname = 'association_id' AND NOT c.relname = ANY(%(tenant)s) AND NOT c.relname = ANY(%(open)s)
ORDER BY 1, 2
