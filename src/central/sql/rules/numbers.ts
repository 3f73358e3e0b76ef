import { fn } from '../text';

/** STU-YYYY-NNNN from a sequence of its own per year: unique, never waited for; a number may be left out when an insert fails. */
const studentNumber = fn(
  'sync.student_number()',
  'trigger',
  { as: 'owner' },
  `
declare
  series text := 'student_number_' || extract(year from coalesce(new.enrollment_date, current_date))::int;
  n text;
begin
  if new.student_number is not null and session_user <> 'provost_client' then return new; end if;
  if to_regclass('sync.' || series) is null then
    begin
      execute format('create sequence if not exists sync.%I', series);
    exception when unique_violation or duplicate_table then null;
    end;
  end if;
  loop
    n := nextval('sync.' || series)::text;
    -- At least four digits: padding alone would cut the fifth off.
    new.student_number := format('STU-%s-%s', right(series, 4), lpad(n, greatest(4, length(n)), '0'));
    exit when not exists (select from app.students s where s.student_number = new.student_number);
  end loop;
  return new;
end`,
);

export const numbersSql = (): string =>
  [
    studentNumber,
    'create trigger t0_number before insert on app.students for each row execute function sync.student_number();',
  ].join('\n');
