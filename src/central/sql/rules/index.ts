/** What the central database decides by itself, by topic: stamps, numbers, prices, who may manage whom. */
import {
  activeEnrollmentName,
  bookingOverlapName,
  priceOverlapName,
  publishedCurriculumName,
  slotOverlapName,
} from '../../names';
import { assignmentsSql } from './assignments';
import { bookingsSql } from './bookings';
import { commissionSql } from './commission';
import { curriculaSql } from './curricula';
import { enrollmentsSql } from './enrollments';
import { notificationsSql } from './notifications';
import { learningSql } from './learning';
import { numbersSql } from './numbers';
import { orderSql } from './order';
import { pricesSql } from './prices';
import { stampSql } from './stamp';
import { zonesSql } from './zones';

export const rulesSql = (): string =>
  [
    stampSql(),
    numbersSql(),
    enrollmentsSql(),
    assignmentsSql(),
    pricesSql(),
    curriculaSql(),
    bookingsSql(),
    commissionSql(),
    notificationsSql(),
    learningSql(),
    orderSql(),
    zonesSql(),
  ].join('\n');

/** Constraints of one entity alone, by name. */
export const specialMeanings: Record<string, { code: string; entity: string; fields: string[] }> = {
  [activeEnrollmentName]: {
    code: 'already-enrolled',
    entity: 'course_enrollments',
    fields: ['studentId', 'courseId', 'facilityId'],
  },
  [publishedCurriculumName]: { code: 'curriculum-state', entity: 'curricula', fields: ['state'] },
  [slotOverlapName]: { code: 'slot-overlap', entity: 'availability_slots', fields: ['period'] },
  [bookingOverlapName]: { code: 'booking-overlap', entity: 'bookings', fields: ['period'] },
  [priceOverlapName]: {
    code: 'price-overlap',
    entity: 'facility_course_pricing',
    fields: ['effectiveDate', 'endDate'],
  },
};
