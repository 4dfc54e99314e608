/** A spec without a fault in which events go to everything that has no handler. */
export const museum = `
asyncapi: 3.0.0
info: { title: Museum, version: 1.0.0 }
servers:
  museum: { host: events.eu-west-1.amazonaws.com, protocol: eventbridge, x-eventbridge: { busName: museum } }
channels:
  loans:
    address: museum.loans
    messages: { LoanAgreed: { $ref: '#/components/messages/LoanAgreed' }, LoanEnded: { $ref: '#/components/messages/LoanEnded' } }
  visits:
    address: museum.visits
    servers: [{ $ref: '#/servers/museum' }]
    messages: { VisitBooked: { $ref: '#/components/messages/VisitBooked' } }
    bindings: { sns: { name: visits } }
  alarms:
    address: alarms
    messages: { AlarmRaised: { $ref: '#/components/messages/AlarmRaised' } }
    bindings: { sns: { name: alarms } }
  scans:
    address: scans
    x-fairness: { key: /scanner }
    messages: { TicketScanned: { $ref: '#/components/messages/TicketScanned' } }
    bindings: { sqs: { queue: { name: scans, fifoQueue: false } } }
  moves:
    address: moves
    x-ordering: { key: /piece }
    messages: { PieceMoved: { $ref: '#/components/messages/PieceMoved' } }
    bindings: { sns: { name: moves.fifo, ordering: { type: FIFO } } }
operations:
  agreeLoan: { action: send, channel: { $ref: '#/channels/loans' }, x-service: curators }
  bookVisit: { action: send, channel: { $ref: '#/channels/visits' }, x-service: desk }
  raiseAlarm: { action: send, channel: { $ref: '#/channels/alarms' }, x-service: guards }
  scanTicket: { action: send, channel: { $ref: '#/channels/scans' }, x-service: gates }
  movePiece: { action: send, channel: { $ref: '#/channels/moves' }, x-service: depot }
  countVisitor: { action: receive, channel: { $ref: '#/channels/scans' }, x-service: gates }
  packLoan:
    description: Packs what is lent.
    action: receive
    channel: { $ref: '#/channels/loans' }
    messages: [{ $ref: '#/channels/loans/messages/LoanAgreed' }]
    x-service: transport
    x-filter: { value: [{ numeric: ['>=', 1000] }] }
    x-delivery: { type: workflow, kind: express, definition: workflows/pack.asl.yaml }
    x-emits: [{ $ref: '#/channels/loans/messages/LoanEnded' }]
  insureLoan:
    action: receive
    channel: { $ref: '#/channels/loans' }
    x-service: transport
    x-delivery: { type: workflow, input: event }
  keepVisits:
    action: receive
    channel: { $ref: '#/channels/visits' }
    x-service: archive
    x-delivery: { type: stream, kind: firehose, partitions: [/wing], expireDays: 90 }
  keepAlarms: { action: receive, channel: { $ref: '#/channels/alarms' }, x-service: archive, x-delivery: { type: stream, kind: firehose } }
  followLoans:
    action: receive
    channel: { $ref: '#/channels/loans' }
    x-service: archive
    x-delivery: { type: stream, kind: kinesis, partitionKey: /loanId, shards: 2 }
  mirrorLoans:
    action: receive
    channel: { $ref: '#/channels/loans' }
    x-service: partners
    x-delivery: { type: bus, busName: partner, account: '012345678901', region: eu-central-1 }
  copyLoans:
    action: receive
    channel: { $ref: '#/channels/loans' }
    x-service: partners
    x-delivery: { type: bus, arn: 'arn:aws:events:us-east-1:210987654321:event-bus/lenders' }
  tellLender:
    action: receive
    channel: { $ref: '#/channels/loans' }
    x-service: partners
    x-filter: { lender: [louvre] }
    x-delivery:
      type: endpoint
      url: https://lender.example/loans
      ratePerSecond: 5
      authorization: { kind: apiKey, header: x-api-key, secret: museum/lender }
  logLoans: { action: receive, channel: { $ref: '#/channels/loans' }, x-service: audit, x-delivery: { type: log } }
  mailGuards: { action: receive, channel: { $ref: '#/channels/alarms' }, x-service: guards, x-delivery: { type: email, addresses: [guards@museum.example] } }
  textGuards:
    action: receive
    channel: { $ref: '#/channels/alarms' }
    x-service: guards
    x-filter: { severity: [high] }
    x-delivery: { type: sms, numbers: ['+4915112345678'] }
  callDesk:
    action: receive
    channel: { $ref: '#/channels/visits' }
    x-service: desk
    x-delivery: { type: http, url: 'https://desk.example/visits', retries: 5, maximumPerSecond: 10 }
  handVisits: { action: receive, channel: { $ref: '#/channels/visits' }, x-service: desk, x-delivery: { type: none, maxReceiveCount: 3 } }
  handMoves: { action: receive, channel: { $ref: '#/channels/moves' }, x-service: depot, x-delivery: { type: none } }
  giveVisits:
    action: receive
    channel: { $ref: '#/channels/visits' }
    x-service: desk
    x-delivery: { type: none, arn: 'arn:aws:sqs:eu-west-1:123456789012:visits' }
components:
  messages:
    LoanAgreed: { payload: { type: object, required: [loanId, value, lender], properties: { loanId: { type: string }, value: { type: number }, lender: { type: string }, note: { type: string } } } }
    LoanEnded: { payload: { type: object, required: [loanId, lender], properties: { loanId: { type: string }, lender: { type: string }, pieces: { type: array } } } }
    VisitBooked: { payload: { type: object, required: [wing, guests], properties: { wing: { enum: [east, west] }, guests: { type: array }, guide: { type: string } } } }
    AlarmRaised: { payload: { type: object, required: [severity], properties: { severity: { enum: [low, high] } } } }
    TicketScanned: { payload: { type: object, required: [scanner], properties: { scanner: { type: string } } } }
    PieceMoved: { payload: { type: object, required: [piece], properties: { piece: { type: string } } } }
`;

/** The definition that the spec names. */
export const packing = `
StartAt: Check
States:
  Check:
    Type: Choice
    Choices:
      - { Variable: $.value, NumericGreaterThan: 100000, Next: Escort }
    Default: Pack
  Escort:
    Type: Parallel
    Branches:
      - { StartAt: Call, States: { Call: { Type: Pass, End: true } } }
      - { StartAt: Wait, States: { Wait: { Type: Wait, Seconds: 5, End: true } } }
    Catch: [{ ErrorEquals: [States.ALL], Next: Failed }]
    Next: Pack
  Pack:
    Type: Map
    ItemProcessor:
      StartAt: Wrap
      States: { Wrap: { Type: Pass, End: true } }
    Next: Tell
  Tell:
    Type: Task
    QueryLanguage: JSONata
    Resource: arn:aws:states:::events:putEvents
    Arguments:
      Entries:
        - EventBusName: \${EVENTLOOM_BUS_MUSEUM}
          Source: museum.loans
          DetailType: LoanEnded
          Detail: '{% $states.input %}'
    End: true
  Failed: { Type: Fail }
`;

/** The files of the museum beside its spec. */
export const museumFiles: Readonly<Record<string, string>> = { 'workflows/pack.asl.yaml': packing };
