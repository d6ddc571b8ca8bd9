import { submitApplication, takeCertificateApplication } from './application.js';
import { captureFingerprint, capturePhoto, exemptFingerprint, recordSpecialPiConsent, rejectPhoto } from './capture.js';
import {
  attemptDelivery,
  cancelCertificate,
  failDelivery,
  loadIntoBackpack,
  receiveAtStation,
  returnCertificate,
} from './custody.js';
import { deliverCertificate, handOverAtCounter, surrenderOldCard, waiveOldCard } from './handover.js';
import {
  acceptCertificateApplication,
  extendCertificateDeadline,
  produceCertificate,
  rejectCertificateApplication,
  requestSupplement,
} from './issuing.js';

export const certificateCommands = [
  takeCertificateApplication,
  recordSpecialPiConsent,
  capturePhoto,
  rejectPhoto,
  captureFingerprint,
  exemptFingerprint,
  submitApplication,
  acceptCertificateApplication,
  requestSupplement,
  rejectCertificateApplication,
  extendCertificateDeadline,
  produceCertificate,
  receiveAtStation,
  loadIntoBackpack,
  attemptDelivery,
  failDelivery,
  returnCertificate,
  surrenderOldCard,
  waiveOldCard,
  deliverCertificate,
  handOverAtCounter,
  cancelCertificate,
];
