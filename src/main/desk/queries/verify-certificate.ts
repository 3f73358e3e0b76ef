import type { CertificateProof } from '../../../shared/contract/requests';
import type { Query } from '../context';
import { statement } from '../local/statements';

/** What a number proves, from the rows on this desk; `sync.verify_certificate` answers the same centrally. */
export const verifyCertificate: Query<'certificate.verify'> = ({ read }, { number }): CertificateProof => {
  const wanted = number.trim().toUpperCase();
  const found = statement(
    read,
    `select c.certificate_number as number, c.issued_at as issuedAt, s.first_name || ' ' || s.last_name as student, k.name as course,
       p.name as program, e.completion_date as completedOn
     from certificates c join course_enrollments e on e.id = c.enrollment_id join students s on s.id = e.student_id
       join courses k on k.id = e.course_id join programs p on p.id = c.program_id
     where c.certificate_number = ?`,
  ).get(wanted) as Omit<Extract<CertificateProof, { valid: true }>, 'valid'> | undefined;
  return found ? { valid: true, ...found } : { valid: false, number: wanted };
};
