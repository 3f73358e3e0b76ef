import { EnrollmentsAction } from '../workspaces/enrollments/enrollments-action';
import { EntityPage } from '../workspaces/entity/entity-page';

/** The grid of enrollments, where adding one goes by the dialog that finds place and price; workspaces do not know each other. */
export function EnrollmentsScreen() {
  return (
    <EnrollmentsAction>
      {(enroll) => <EntityPage entity="course_enrollments" add={{ label: 'Enroll a student', onAdd: enroll }} />}
    </EnrollmentsAction>
  );
}
