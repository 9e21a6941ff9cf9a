import { nextJob } from '@parcels/queue'
import { labelParcel } from '@parcels/store'

console.log('The worker waits for parcels')
for (;;) {
  const job = await nextJob(5)
  if (!job) continue
  const label = `PX-${String(job.id).padStart(6, '0')}`
  await labelParcel(job.id, label)
  console.log(`Labelled parcel ${job.id}: ${label}`)
}
