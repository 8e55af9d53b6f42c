/** The log of events in a stream of RabbitMQ, and queues that share the work, for several servers of one platform. */
package io.imaas.adapter.rabbit;
