import { Field, ID, Int, ObjectType } from 'type-graphql';
import { enumOf } from '../../graphql/codeLists.js';
import { RecordingMode } from '../codes.js';

@ObjectType('Recording', {
  description: 'A recording of a session; its content is kept elsewhere, by hash.',
  simpleResolvers: true,
})
export class RecordingType {
  @Field(() => ID, { description: 'Id of the recording.' })
  recordingId!: string;

  @Field(() => enumOf(RecordingMode), { description: 'What is recorded.' })
  mode!: string;

  @Field(() => String, { description: 'Serial number of the device.' })
  deviceSerial!: string;

  @Field(() => String, { description: 'RUNNING, PAUSED or STOPPED.' })
  status!: string;

  @Field(() => [Int], { description: 'Gaps found, in milliseconds.' })
  gapsMs!: readonly number[];

  @Field(() => Int, { nullable: true, description: 'Length in milliseconds, once it has stopped.' })
  durationMs?: number;

  @Field(() => String, { nullable: true, description: 'SHA-256 of the recording, hex.' })
  sha256?: string;
}
