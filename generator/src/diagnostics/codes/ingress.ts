/** Diagnostics of the model stage about `x-ingress`: what AWS publishes by itself. */

export const ingressCodes = {
  'ingress-incomplete': {
    severity: 'error',
    title: 'Ingress that lacks something',
    why: 'An ingress becomes a method of an API, a schedule or a pipe; without this field there is nothing to make it from.',
    fix: 'Add the field.',
  },
  'ingress-option': {
    severity: 'error',
    title: 'Field without effect on this ingress',
    why: 'It belongs to another kind, so that nothing would come of it.',
    fix: 'Remove it.',
  },
  'ingress-events': {
    severity: 'error',
    title: 'Ingress of several events',
    why: 'What comes in carries no name of an event: a request, a message or an item becomes the one event of its operation.',
    fix: 'Let the operation select one message, and write an operation for each of the others.',
  },
  'ingress-target': {
    severity: 'error',
    title: 'Ingress to where AWS cannot publish by itself',
    why: 'Without a function between, AWS can send only what its integrations, schedules and pipes can express.',
    fix: 'Use another kind of ingress or another destination, or publish from a function.',
  },
  'ingress-header': {
    severity: 'error',
    title: 'Header that an ingress cannot fill',
    why: 'Message attributes are filled from fields of the payload; nobody is there to give others, and consumers rely on them.',
    fix: 'Add the field to the payload, or make the header optional.',
  },
  'ingress-path': {
    severity: 'error',
    title: 'Path that an API cannot have',
    why: 'Other characters mean something to API Gateway, to browsers or to templates, and would be read as that.',
    fix: 'Write a path such as `/orders/{market}`.',
  },
  'ingress-parameter': {
    severity: 'error',
    title: 'Value of a request without a place in the payload',
    why: 'A part of the path, or the id of the request, becomes a field of the payload, which has to declare it as a plain value.',
    fix: 'Name a field of the payload.',
  },
  'ingress-path-taken': {
    severity: 'error',
    title: 'Path that another operation has',
    why: 'All HTTP ingresses of a service are one API, in which a method and a path lead to one event.',
    fix: 'Change one of the paths.',
  },
  'ingress-authorizer': {
    severity: 'error',
    title: 'Authorizer that is asked different things',
    why: 'One function answers for all methods that name it, and API Gateway keeps its answer for the token.',
    fix: 'Name another handler for one of them.',
  },
  'ingress-open': {
    severity: 'warning',
    title: 'API that anybody can call',
    why: 'Events of strangers cost money, and run every handler behind them.',
    fix: 'Use `iam`, `jwt`, `lambda` or `apiKey`, unless it is meant for everybody.',
  },
  'ingress-payload': {
    severity: 'error',
    title: 'Scheduled payload that is not valid',
    why: 'Every event of the schedule would be refused by the handlers of its consumers.',
    fix: "Write a payload that the message's schema accepts.",
  },
  'ingress-unchecked': {
    severity: 'info',
    title: 'Part of the payload that the API does not check',
    why: 'Models of API Gateway are JSON Schema draft-04, which has no words for it. What the API lets through the validators of the consumers still refuse.',
    fix: 'Nothing, unless a caller must be told at once: then say it in other keywords.',
  },
} as const;
