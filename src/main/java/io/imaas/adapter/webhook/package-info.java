/** Messages to people by HTTP: Slack and what takes the same (Mattermost, Rocket.Chat), and webhooks for programs. */
package io.imaas.adapter.webhook;
