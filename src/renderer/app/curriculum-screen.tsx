import { useLookups } from '../forms/lookups';
import { CurriculumPage } from '../workspaces/curriculum/curriculum-page';
import { History } from '../workspaces/entity/history';

/** The curriculum studio with the history of records in it; workspaces do not know each other. */
export function CurriculumScreen() {
  const lookups = useLookups();
  return <CurriculumPage history={(entity, row) => <History entity={entity} row={row} lookups={lookups} />} />;
}
