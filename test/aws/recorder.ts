/**
 * The code of every function that the test deploys: it puts what it is called with on the dead-letter queue of its
 * consumer, the only queue that its role may send to. Lambda has the SDK. An emulator on plain HTTP checks no signatures,
 * and starts a process for each call, in which loading the SDK would be most of the work: there the request is spelt out.
 */
export const recorder = `
const { AWS_ENDPOINT_URL: endpoint = '', AWS_REGION: region, EVENTLOOM_DEAD_LETTER_QUEUE_URL: QueueUrl } = process.env;

async function sendPlainly(message) {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.0',
      'X-Amz-Target': 'AmazonSQS.SendMessage',
      Authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/' + region + '/sqs/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(message),
  });
  if (!response.ok) throw new Error(await response.text());
}

async function sendSigned(message) {
  const { SendMessageCommand, SQSClient } = require('@aws-sdk/client-sqs');
  await new SQSClient({ useQueueUrlAsEndpoint: endpoint === '' }).send(new SendMessageCommand(message));
}

exports.handler = async (event, { awsRequestId }) => {
  const fifo = QueueUrl.endsWith('.fifo') ? { MessageGroupId: 'recorded', MessageDeduplicationId: awsRequestId } : {};
  const message = { QueueUrl, MessageBody: JSON.stringify(event), ...fifo };
  await (endpoint.startsWith('http://') ? sendPlainly(message) : sendSigned(message));
  return { batchItemFailures: [] };
};
`.trim();
