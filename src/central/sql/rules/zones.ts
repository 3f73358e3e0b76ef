/** A time zone is one PostgreSQL knows, by its IANA name. No CHECK: what zones there are changes with the server. */
import { allEntities } from '../../../shared/entities';
import { columnOf, type FieldOf } from '../../../shared/model';
import { timeZonePattern } from '../../../shared/rules/time-zone';
import { fn, quoted } from '../text';

const isZone = fn(
  'sync.is_zone(value text)',
  'boolean',
  { kind: 'stable' },
  `
begin
  return value ~ ${quoted(timeZonePattern)} and (timestamptz 'epoch' at time zone value) is not null;
exception when invalid_parameter_value then return false;
end`,
);

const zoned = allEntities.flatMap((entity) =>
  Object.entries(entity.fields).flatMap(([name, field]) =>
    field.kind === 'text' && (field as FieldOf<'text'>).options.timeZone ? [{ entity: entity.name, name }] : [],
  ),
);

export const zonesSql = (): string =>
  [
    isZone,
    ...zoned.map(
      ({ entity, name }) =>
        `${fn(
          `sync.zone_${entity}()`,
          'trigger',
          { as: 'owner' },
          `
begin
  if (tg_op = 'INSERT' or old.${columnOf(name)} is distinct from new.${columnOf(name)}) and not sync.is_zone(new.${columnOf(name)}) then
    perform sync.refuse('invalid-value', ${quoted(entity)}, new.id, array[${quoted(name)}]);
  end if;
  return new;
end`,
        )}create trigger t1_zone before insert or update on app.${entity} for each row execute function sync.zone_${entity}();`,
    ),
  ].join('\n');
