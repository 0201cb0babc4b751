import { functionReference, notInternal, notOfExtension, ownership, sqlName } from "./fragments.ts";
import type { CatalogReader } from "./reader.ts";

/** What functions, procedures and aggregates have in common. */
const COMMON = `s.nspname as _schema, p.proname as _name, oidvectortypes(p.proargtypes) as _signature,
    ${ownership("p.proowner", "p.proacl", "'f'")}`;

/** The arguments, and the columns of RETURNS TABLE, as records of name, type, mode and default. */
const ARGUMENTS = `coalesce((
      select json_agg(json_build_object(
          'name', nullif(p.proargnames[x.n], ''),
          'type', format_type(x.type, null),
          'mode', case p.proargmodes[x.n]
            when 'o' then 'out' when 'b' then 'inout' when 'v' then 'variadic' when 't' then 'table' else 'in' end,
          'default', case when p.pronargdefaults > 0 then pg_get_function_arg_default(p.oid, x.n::int) end) order by x.n)
        from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality x(type, n)), '[]') as arguments`;

const PARALLEL = `case p.proparallel when 's' then 'safe' when 'r' then 'restricted' else 'unsafe' end as parallel`;

const BODY = `
    l.lanname as language,
    ${ARGUMENTS},
    p.prosecdef as "securityDefiner",
    coalesce(to_json(p.proconfig), '[]') as settings,
    case when p.prosqlbody is null then p.prosrc end as body,
    case when p.prosqlbody is not null then pg_get_function_sqlbody(p.oid) end as "sqlBody",
    p.probin as "objectFile",
    coalesce((select json_agg(format_type(y, null)) from unnest(p.protrftypes) y), '[]') as transforms`;

/** Functions and window functions. Those that belong to a type are its own. */
export const functions: CatalogReader = {
  catalog: "pg_proc",
  where: "prokind in ('f', 'w')",
  sql: () => `
  select p.oid as _oid, 'function' as _kind, ${COMMON}, ${BODY},
    pg_get_function_result(p.oid) as returns,
    case p.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end as volatility,
    p.proisstrict as strict,
    p.proleakproof as leakproof,
    ${PARALLEL},
    nullif(p.procost, case when l.lanname in ('internal', 'c') then 1 else 100 end) as cost,
    nullif(p.prorows, case when p.proretset then 1000 else 0 end) as rows,
    ${functionReference("p.prosupport")} as support,
    p.prokind = 'w' as "window"
  from pg_proc p join space s on s.oid = p.pronamespace join pg_language l on l.oid = p.prolang
  where p.prokind in ('f', 'w') and ${notOfExtension("pg_proc", "p.oid")}
    and ${notInternal("pg_proc", "p.oid")}`,
};

export const procedures: CatalogReader = {
  catalog: "pg_proc",
  where: "prokind = 'p'",
  sql: () => `
  select p.oid as _oid, 'procedure' as _kind, ${COMMON}, ${BODY}
  from pg_proc p join space s on s.oid = p.pronamespace join pg_language l on l.oid = p.prolang
  where p.prokind = 'p' and ${notOfExtension("pg_proc", "p.oid")}`,
};

/** A function by its name as SQL, as CREATE AGGREGATE takes it. */
const named = (oid: string): string =>
  `case when ${oid}::oid <> 0 then (select ${sqlName("fn.nspname", "f.proname")}
      from pg_proc f join pg_namespace fn on fn.oid = f.pronamespace where f.oid = ${oid}::oid) end`;

const modify = (flag: string): string =>
  `case ${flag} when 'r' then 'read_only' when 's' then 'shareable' else 'read_write' end`;

export const aggregates: CatalogReader = {
  catalog: "pg_proc",
  where: "prokind = 'a'",
  sql: () => `
  select p.oid as _oid, 'aggregate' as _kind, ${COMMON}, ${ARGUMENTS}, ${PARALLEL},
    case a.aggkind when 'o' then 'ordered set' when 'h' then 'hypothetical set' else 'plain' end as "aggregateKind",
    a.aggnumdirectargs as "directArguments",
    ${named("a.aggtransfn")} as sfunc,
    format_type(a.aggtranstype, null) as stype,
    nullif(a.aggtransspace, 0) as sspace,
    ${named("a.aggfinalfn")} as finalfunc,
    a.aggfinalextra as "finalfuncExtra",
    case when a.aggfinalfn <> 0 then ${modify("a.aggfinalmodify")} end as "finalfuncModify",
    ${named("a.aggcombinefn")} as combinefunc,
    ${named("a.aggserialfn")} as serialfunc,
    ${named("a.aggdeserialfn")} as deserialfunc,
    a.agginitval as initcond,
    ${named("a.aggmtransfn")} as msfunc,
    ${named("a.aggminvtransfn")} as minvfunc,
    case when a.aggmtranstype <> 0 then format_type(a.aggmtranstype, null) end as mstype,
    nullif(a.aggmtransspace, 0) as msspace,
    ${named("a.aggmfinalfn")} as mfinalfunc,
    a.aggmfinalextra as "mfinalfuncExtra",
    case when a.aggmfinalfn <> 0 then ${modify("a.aggmfinalmodify")} end as "mfinalfuncModify",
    a.aggminitval as minitcond,
    (select format('OPERATOR(%I.%s)', n.nspname, o.oprname)
       from pg_operator o join pg_namespace n on n.oid = o.oprnamespace where o.oid = a.aggsortop) as sortop
  from pg_proc p join space s on s.oid = p.pronamespace join pg_aggregate a on a.aggfnoid = p.oid
  where ${notOfExtension("pg_proc", "p.oid")}`,
};
