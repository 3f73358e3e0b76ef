import { fn } from '../text';

const assignment = fn(
  'sync.assignment_rules()',
  'trigger',
  {},
  `
declare
  by_desk boolean := session_user = 'provost_client';
begin
  if by_desk or new.assigned_at is null then new.assigned_at := clock_timestamp(); end if;
  if by_desk or new.assigned_by is null then new.assigned_by := sync.me(); end if;
  return new;
end`,
);

export const assignmentsSql = (): string =>
  [
    assignment,
    'create trigger t0_rules before insert on app.user_program_assignments for each row execute function sync.assignment_rules();',
  ].join('\n');
