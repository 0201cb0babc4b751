import { USER_SCHEMA } from "../checks/check.ts";

/**
 * Drops everything of the user's in a database, inside a transaction. Objects are found by what depends on their schema,
 * so that none is forgotten, whatever its kind is. Extensions stay, with what is theirs: not every user may make them
 * again, and the archive makes those that are missing. A schema stays where one of them lives in it.
 */
export const EMPTY_DATABASE = `
DO $limbeck$
DECLARE
  found record;
BEGIN
  FOR found IN
    SELECT o.type, o.identity
      FROM (SELECT 'pg_event_trigger'::regclass AS classid, oid FROM pg_event_trigger
            UNION ALL SELECT 'pg_publication'::regclass, oid FROM pg_publication
            UNION ALL SELECT 'pg_foreign_data_wrapper'::regclass, oid FROM pg_foreign_data_wrapper) g,
           pg_identify_object(g.classid, g.oid, 0) o
     WHERE NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = g.classid AND e.objid = g.oid AND e.deptype = 'e')
  LOOP
    EXECUTE format('DROP %s IF EXISTS %s CASCADE', found.type, found.identity);
  END LOOP;
  FOR found IN
    SELECT n.oid, n.nspname,
           n.nspname = 'public'
             OR EXISTS (SELECT FROM pg_extension x WHERE x.extnamespace = n.oid)
             OR EXISTS (SELECT FROM pg_depend d JOIN pg_depend e ON e.classid = d.classid AND e.objid = d.objid AND e.deptype = 'e'
                         WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = n.oid) AS stays
      FROM pg_namespace n
     WHERE ${USER_SCHEMA}
       AND NOT EXISTS (SELECT FROM pg_depend e
                        WHERE e.classid = 'pg_namespace'::regclass AND e.objid = n.oid AND e.deptype = 'e')
  LOOP
    IF NOT found.stays THEN
      EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', found.nspname);
    ELSE
      DECLARE
        part record;
      BEGIN
        FOR part IN
          SELECT d.classid, d.objid FROM pg_depend d
           WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = found.oid AND d.deptype = 'n'
             AND d.classid <> 'pg_default_acl'::regclass AND d.classid <> 'pg_extension'::regclass
             AND NOT EXISTS (SELECT FROM pg_depend e
                              WHERE e.classid = d.classid AND e.objid = d.objid AND e.objsubid = 0
                                 AND e.deptype IN ('e', 'i'))
        LOOP
          -- What went along with another one has no name any more.
          EXECUTE coalesce(
            (SELECT format('DROP %s IF EXISTS %s CASCADE', CASE o.type WHEN 'composite type' THEN 'type'
                     WHEN 'statistics object' THEN 'statistics' ELSE o.type END, o.identity)
               FROM pg_identify_object(part.classid, part.objid, 0) o WHERE o.identity IS NOT NULL),
            'SELECT 1');
        END LOOP;
      END;
    END IF;
  END LOOP;
  PERFORM lo_unlink(oid) FROM pg_largeobject_metadata;
END
$limbeck$;
`;
