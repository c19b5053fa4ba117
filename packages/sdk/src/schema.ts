// Made by `npm run api` from the descriptions in packages/contracts/src/api. Changes here are lost.
export interface paths {
    "/api/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lines of the company
         * @description Those of the caller’s businesses, for who is held to some.
         *
         *     Permission: `whatsapp:read`.
         */
        get: operations["listAccounts"];
        put?: never;
        /**
         * Connect a line
         * @description Tries the credentials, stores them sealed and tells the carrier where to call. A number that is connected already gets the new credentials.
         *
         *     Permission: `whatsapp:admin`.
         */
        post: operations["createAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A line
         * @description Permission: `whatsapp:read`.
         */
        get: operations["getAccount"];
        /**
         * Change a line
         * @description What is not given stays as it is. New credentials are tried first.
         *
         *     Permission: `whatsapp:admin`.
         */
        put: operations["changeAccount"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Groups the number is in
         * @description Permission: `whatsapp:read`.
         */
        get: operations["listGroups"];
        put?: never;
        /**
         * Create a group
         * @description Permission: `whatsapp:admin`.
         */
        post: operations["createGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}/groups/{group_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A group
         * @description Permission: `whatsapp:read`.
         */
        get: operations["getGroup"];
        put?: never;
        post?: never;
        /**
         * Leave a group
         * @description Permission: `whatsapp:admin`.
         */
        delete: operations["leaveGroup"];
        options?: never;
        head?: never;
        /**
         * Change subject or description
         * @description Permission: `whatsapp:admin`.
         */
        patch: operations["changeGroup"];
        trace?: never;
    };
    "/api/accounts/{id}/groups/{group_id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add, remove, promote, demote
         * @description Permission: `whatsapp:admin`.
         */
        post: operations["changeGroupMembers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}/groups/{group_id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write to a group
         * @description Sent at once, outside of every conversation; what members answer is in the conversation with each of them, marked with the group.
         *
         *     Permission: `whatsapp:send_message`.
         */
        post: operations["sendToGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Figures of a line
         * @description Permission: `whatsapp:read`.
         */
        get: operations["getAccountMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}/numbers/lookup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Which numbers are on WhatsApp
         * @description At most 50 at a time, and seldom: WhatsApp watches who asks much.
         *
         *     Permission: `whatsapp:send_message`.
         */
        post: operations["lookUpNumbers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}/routes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Numbers of a line, and how each does
         * @description The chain, first choice first. What it counts is at most a second old.
         *
         *     Permission: `whatsapp:read`.
         */
        get: operations["listRoutes"];
        put?: never;
        /**
         * Connect a further number to a line
         * @description As `POST /api/accounts`; it becomes the last choice. A number that was removed from this line comes back.
         *
         *     Permission: `whatsapp:admin`.
         */
        post: operations["addRoute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}/routes/{route_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a number from a line
         * @description Only when nothing waits on it. Its secrets are erased; past messages keep their number.
         *
         *     Permission: `whatsapp:admin`.
         */
        delete: operations["removeRoute"];
        options?: never;
        head?: never;
        /**
         * Pause a number, let it go on, set its pace
         * @description What waits on a paused number goes by the others that can take it.
         *
         *     Permission: `whatsapp:admin`.
         */
        patch: operations["changeRoute"];
        trace?: never;
    };
    "/api/accounts/{id}/routes/{route_id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask the carrier now
         * @description Tries the credentials without sending anything. A good answer closes the breaker.
         *
         *     Permission: `whatsapp:admin`.
         */
        post: operations["checkRoute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}/routes/{route_id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of a test message
         * @description Permission: `whatsapp:admin`.
         */
        get: operations["getRouteTest"];
        put?: never;
        /**
         * Send a test message by one number
         * @description At once, by this number and no other; it is part of no conversation.
         *
         *     Permission: `whatsapp:admin`.
         */
        post: operations["testRoute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}/routes/{route_id}/webhook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where the carrier shall call
         * @description Address and verify token, to be entered at a carrier by hand. `subscribed` as the carrier last told.
         *
         *     Permission: `whatsapp:admin`.
         */
        get: operations["getRouteWebhook"];
        put?: never;
        /**
         * Tell the carrier where to call
         * @description Permission: `whatsapp:admin`.
         */
        post: operations["subscribeRoute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}/routes/order": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set the order of choice
         * @description Permission: `whatsapp:admin`.
         */
        put: operations["orderRoutes"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything about the session
         * @description State, codes (for who may link phones), host, memory, reconnects, the last lines of its log. Ask again upon `session.updated` over Socket.IO.
         *
         *     Permission: `whatsapp:read`.
         */
        get: operations["getSession"];
        put?: never;
        /**
         * Start the WhatsApp Web session
         * @description For lines that are a phone linked by a code. Others have no such session and say so. Answers when there is something to scan, at the latest after twelve seconds.
         *
         *     Permission: `whatsapp:admin`.
         */
        post: operations["startSession"];
        /**
         * Log the session out
         * @description The phone is unlinked and the login removed.
         *
         *     Permission: `whatsapp:admin`.
         */
        delete: operations["closeSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}/session/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move the session to another host
         * @description Permission: `whatsapp:admin`.
         */
        post: operations["moveSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}/session/qr": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The picture to scan
         * @description Ask again every 20 seconds until the session is active: each picture is good for a short time. With `Accept: image/png` the picture itself, where the carrier gives one.
         *
         *     Permission: `whatsapp:admin`.
         */
        get: operations["getSessionQr"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}/session/restart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Connect the session anew
         * @description The login stays.
         *
         *     Permission: `whatsapp:admin`.
         */
        post: operations["restartSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}/session/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the session stands
         * @description Permission: `whatsapp:read`.
         */
        get: operations["getSessionStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}/session/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close the session
         * @description The login stays: starting it again needs no phone. Messages wait, or go by the line’s next number.
         *
         *     Permission: `whatsapp:admin`.
         */
        post: operations["stopSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * API keys
         * @description Permission: `company:manage_api_keys`.
         */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Make an API key
         * @description The key is in this answer and nowhere else. Nobody makes a key that may more than they may themselves.
         *
         *     Permission: `company:manage_api_keys`.
         */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key
         * @description Permission: `company:manage_api_keys`.
         */
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        /**
         * Change an API key
         * @description Permission: `company:manage_api_keys`.
         */
        patch: operations["changeApiKey"];
        trace?: never;
    };
    "/api/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The audit log
         * @description Permission: `company:read_audit`.
         */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Bots
         * @description Permission: `whatsapp:read`.
         */
        get: operations["listBots"];
        put?: never;
        /**
         * Make a bot
         * @description With its configuration, which is all it takes: `provider_config` makes the line with its `phone_number`, a number for each provider in the order of the chain, with the permission `whatsapp:admin`. A line of yours that has this number gets the bot and becomes this chain; providers that are only named (`{"type":"meta"}`) are those it has. Secrets are kept sealed, and masked (`••••••••`) in every answer.
         *
         *     Permission: `whatsapp:manage_bots`.
         */
        post: operations["createBot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bots/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A bot and its configuration
         * @description Permission: `whatsapp:read`.
         */
        get: operations["getBot"];
        /**
         * Replace a bot’s configuration
         * @description The chain of its line becomes that of the configuration: what is new is added, what is not named is taken out. A masked secret stays as it is.
         *
         *     Permission: `whatsapp:manage_bots`.
         */
        put: operations["changeBot"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bots/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a text as a bot
         * @description From the line that the bot answers on. Otherwise like `POST /api/messages`.
         *
         *     Permission: `whatsapp:send_message`.
         */
        post: operations["sendAsBot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/businesses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Businesses
         * @description Permission: `whatsapp:read`.
         */
        get: operations["listBusinesses"];
        put?: never;
        /**
         * Add a business
         * @description Permission: `company:manage`.
         */
        post: operations["createBusiness"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/businesses/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a business
         * @description Permission: `company:manage`.
         */
        delete: operations["removeBusiness"];
        options?: never;
        head?: never;
        /**
         * Change a business
         * @description Permission: `company:manage`.
         */
        patch: operations["changeBusiness"];
        trace?: never;
    };
    "/api/carriers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Kinds of lines that can be connected
         * @description Permission: `whatsapp:admin`.
         */
        get: operations["listCarriers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/carriers/{account_type}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try credentials without storing them
         * @description Permission: `whatsapp:admin`.
         */
        post: operations["checkCredentials"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/company": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The company
         * @description Permission: `whatsapp:read`.
         */
        get: operations["getCompany"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the company
         * @description Permission: `company:manage`.
         */
        patch: operations["changeCompany"];
        trace?: never;
    };
    "/api/company/iam": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The company’s own IAM
         * @description Permission: `company:manage`.
         */
        get: operations["getIam"];
        /**
         * Ask the company’s own IAM
         * @description It is asked what the holder of a token may do, with the question of `/api/iam/check`. Without an answer nobody gets in.
         *
         *     Permission: `company:manage`.
         */
        put: operations["setIam"];
        post?: never;
        /**
         * Decide here again
         * @description Permission: `company:manage`.
         */
        delete: operations["removeIam"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/company/iam/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask an IAM without keeping it
         * @description Not from memory, and nothing is remembered.
         *
         *     Permission: `company:manage`.
         */
        post: operations["testIam"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Contacts
         * @description Those with whom something was said last first, a page at a time. A page may be shorter than asked for; `next_cursor` says whether there is more.
         *
         *     Permission: `whatsapp:read`.
         */
        get: operations["listContacts"];
        put?: never;
        /**
         * Add a contact
         * @description With at least one address. Who writes or is written to becomes a contact by themself.
         *
         *     Permission: `whatsapp:manage_contacts`.
         */
        post: operations["createContact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A contact
         * @description One that was merged is answered as the one it became part of.
         *
         *     Permission: `whatsapp:read`.
         */
        get: operations["getContact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a contact
         * @description What is left out stays, null takes away. A name given here stays whatever the person calls themself; null gives it back to them. Fields are changed one by one.
         *
         *     Permission: `whatsapp:manage_contacts`.
         */
        patch: operations["changeContact"];
        trace?: never;
    };
    "/api/contacts/{id}/addresses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The ways to reach a contact
         * @description The one written to first.
         *
         *     Permission: `whatsapp:read`.
         */
        get: operations["listAddresses"];
        put?: never;
        /**
         * Add an address
         * @description It is the one written to from now on. One that the contact has already is put first. One of another contact is refused: merge the two if they are one person.
         *
         *     Permission: `whatsapp:manage_contacts`.
         */
        post: operations["addAddress"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{id}/addresses/{kind}/{value}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove an address
         * @description The last one stays.
         *
         *     Permission: `whatsapp:manage_contacts`.
         */
        delete: operations["removeAddress"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{id}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erase what is known about a person
         * @description Name, addresses, fields, what every message said, files, notes, copies in webhook bodies, failed webhooks, dead letters and kept events. Timelines keep that something was there and when. What waits to be sent is not sent. It cannot be undone; the audit log says who did it.
         *
         *     Permission: `whatsapp:erase_contacts`.
         */
        post: operations["eraseContact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything held about a person
         * @description One JSON document, made while it is sent: the contact, its addresses and fields, conversations with their labels, notes and messages, files (fetch each at its `url`), where it stands with a bot, and how many copies there are in webhook bodies and kept events.
         *
         *     Permission: `whatsapp:manage_contacts`.
         */
        get: operations["exportContact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{id}/labels/{label}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Put a label on a contact
         * @description Permission: `whatsapp:handle_conversations`.
         */
        put: operations["labelContact"];
        post?: never;
        /**
         * Take a label off a contact
         * @description Permission: `whatsapp:handle_conversations`.
         */
        delete: operations["unlabelContact"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Two contacts are one person
         * @description The other’s conversations, messages, addresses, labels, fields and what waits for a bot become this one’s; on each account there is one conversation afterwards. Timelines that have become one are not taken apart again.
         *
         *     Permission: `whatsapp:manage_contacts`.
         */
        post: operations["mergeContacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Contacts as CSV
         * @description The filters of the list; UTF-8 with a header line, one column for each field in use. It can be imported again.
         *
         *     Permission: `whatsapp:manage_contacts`.
         */
        get: operations["exportContacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add and change contacts by CSV
         * @description UTF-8, separated by commas or semicolons, a header line with `phone_number` (or `phone`) and any of `name`, `language`, `labels` (separated by |) and `field:…`. Who is known by the number is changed; empty cells change nothing. At most 5,000 lines at a time: lines that are not right are told and left out, the others are done.
         *
         *     Permission: `whatsapp:manage_contacts`.
         */
        post: operations["importContacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Conversations
         * @description Newest first, a page at a time. `q` finds people by the beginnings of their names, by the beginning or the end of their numbers, and conversations by words that were said.
         *
         *     Permission: `whatsapp:read`.
         */
        get: operations["listConversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A conversation
         * @description Permission: `whatsapp:read`.
         */
        get: operations["getConversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close
         * @description It opens again when the contact writes.
         *
         *     Permission: `whatsapp:handle_conversations`.
         */
        post: operations["closeConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/labels/{label}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Put a label on a conversation
         * @description Permission: `whatsapp:handle_conversations`.
         */
        put: operations["labelConversation"];
        post?: never;
        /**
         * Take a label off a conversation
         * @description Permission: `whatsapp:handle_conversations`.
         */
        delete: operations["unlabelConversation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Messages of a conversation
         * @description The newest page unless `before`, `after` or `around` names a message; inside a page the oldest first.
         *
         *     Permission: `whatsapp:read`.
         */
        get: operations["listMessages"];
        put?: never;
        /**
         * Write in a conversation
         * @description Does not wait for the carrier. A person who writes has the conversation from then on. The same `client_id` again is the same message.
         *
         *     Permission: `whatsapp:send_message`.
         */
        post: operations["reply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Notes on a conversation
         * @description Newest first. Contacts never see them.
         *
         *     Permission: `whatsapp:read`.
         */
        get: operations["listNotes"];
        put?: never;
        /**
         * Add a note
         * @description Permission: `whatsapp:handle_conversations`.
         */
        post: operations["addNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/notes/{note}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove one’s own note
         * @description Permission: `whatsapp:handle_conversations`.
         */
        delete: operations["removeNote"];
        options?: never;
        head?: never;
        /**
         * Change one’s own note
         * @description Permission: `whatsapp:handle_conversations`.
         */
        patch: operations["editNote"];
        trace?: never;
    };
    "/api/conversations/{id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark as read
         * @description Everything in it, or what was written up to a message; the contact sees blue ticks where the carrier can tell.
         *
         *     Permission: `whatsapp:handle_conversations`.
         */
        post: operations["readConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give the turn back
         * @description To the account’s bot, else to nobody.
         *
         *     Permission: `whatsapp:handle_conversations`.
         */
        post: operations["releaseConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open again
         * @description Nothing happens to one that is open.
         *
         *     Permission: `whatsapp:handle_conversations`.
         */
        post: operations["reopenConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/take": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take the turn
         * @description For people only: the conversation is theirs, the bot is silent.
         *
         *     Permission: `whatsapp:handle_conversations`.
         */
        post: operations["takeConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/typing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show that somebody is writing
         * @description On the contact’s phone, until something is sent or some 25 seconds have passed; ask again to go on. Carriers show it as the answer to the contact’s last message, which becomes read by it.
         *
         *     Permission: `whatsapp:send_message`.
         */
        post: operations["showTyping"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell an event of your own
         * @description To every subscription that wants its type, over HTTP and RabbitMQ, retried like ours. Types of your own have a dot. See docs/events.md.
         *
         *     Permission: `whatsapp:publish_events`.
         */
        post: operations["publishEvent"];
        /**
         * Erase kept events
         * @description Those that every subscription was told, and the log of what was answered. They cannot be replayed any more. How long they are kept otherwise: docs/events.md.
         *
         *     Permission: `whatsapp:manage_subscriptions`.
         */
        delete: operations["eraseEvents"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/iam/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * May somebody do something?
         * @description A person (`usr_…` or their e-mail) or an API key (`key_…`) of the company. Where the company has its own IAM, that is asked.
         *
         *     Permission: `whatsapp:read`.
         */
        post: operations["checkPermission"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/labels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Labels
         * @description Permission: `whatsapp:read`.
         */
        get: operations["listLabels"];
        put?: never;
        /**
         * Define a label
         * @description Permission: `whatsapp:assign_conversations`.
         */
        post: operations["createLabel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/labels/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a label
         * @description From every conversation and contact, too.
         *
         *     Permission: `whatsapp:assign_conversations`.
         */
        delete: operations["removeLabel"];
        options?: never;
        head?: never;
        /**
         * Rename or recolour a label
         * @description Permission: `whatsapp:assign_conversations`.
         */
        patch: operations["changeLabel"];
        trace?: never;
    };
    "/api/links/look": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Whose link this is
         * @description The token is what stands behind # in the link.
         */
        post: operations["lookAtLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/links/use": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Choose a password with a link
         * @description Choose a password with a link
         */
        post: operations["useLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description For browsers: the answer sets a cookie. Other systems send an API key.
         */
        post: operations["login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out
         * @description Sign out
         */
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is signed in
         * @description Who is signed in
         */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change one’s own password
         * @description Every other login of the person ends.
         */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/media": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload a file
         * @description The body is the file itself, with its content type. The id goes into `media_id` of a message.
         *
         *     Permission: `whatsapp:send_message`.
         */
        post: operations["uploadFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/media/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A file
         * @description Takes `Range` and `If-None-Match`.
         *
         *     Permission: `whatsapp:read`.
         */
        get: operations["downloadFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find messages by their words
         * @description Permission: `whatsapp:read`.
         */
        get: operations["searchMessages"];
        put?: never;
        /**
         * Send a message
         * @description Waits up to 5 seconds until WhatsApp has taken it and answers 201; else 202, and the message goes on by itself. A number that nobody has talked to gets a contact and a conversation. Outside the 24-hour window only templates can be sent.
         *
         *     Permission: `whatsapp:send_message`.
         */
        post: operations["sendMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A message
         * @description Permission: `whatsapp:read`.
         */
        get: operations["getMessage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a failed message again
         * @description As a new message, once: asked again it answers the one made then.
         *
         *     Permission: `whatsapp:send_message`.
         */
        post: operations["resendMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages/{id}/statuses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every step a message took
         * @description Permission: `whatsapp:read`.
         */
        get: operations["getMessageStatuses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send up to 500 messages
         * @description Each message is accepted or rejected by itself; the answer has them in the order given. They leave after codes and replies.
         *
         *     Permission: `whatsapp:send_bulk`.
         */
        post: operations["sendMessages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operations/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Work that was set aside
         * @description Messages that were not sent and turns that failed, with the reason.
         *
         *     Permission: `whatsapp:operate`.
         */
        get: operations["listDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operations/dead-letters/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try it again
         * @description Only what certainly does not happen twice.
         *
         *     Permission: `whatsapp:operate`.
         */
        post: operations["replayDeadLetter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operations/failed-webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Webhooks that could not be read
         * @description Signed by the carrier, kept whole.
         *
         *     Permission: `whatsapp:operate`.
         */
        get: operations["listFailedWebhooks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operations/failed-webhooks/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a webhook in again
         * @description As if it came now.
         *
         *     Permission: `whatsapp:operate`.
         */
        post: operations["replayFailedWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operations/unrouted": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Events for numbers that are not connected
         * @description They are routed by themselves when the number is connected.
         *
         *     Permission: `whatsapp:operate`.
         */
        get: operations["listUnrouted"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operations/unrouted/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Route an event
         * @description After its number was connected.
         *
         *     Permission: `whatsapp:operate`.
         */
        post: operations["replayUnrouted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The audit log of the installation
         * @description Permission: `platform:admin`.
         */
        get: operations["listPlatformAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/companies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every company of the installation
         * @description Permission: `platform:admin`.
         */
        get: operations["listCompanies"];
        put?: never;
        /**
         * Make a company
         * @description With its own schema and database role, in one call.
         *
         *     Permission: `platform:admin`.
         */
        post: operations["createCompany"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/companies/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Limits of a company; suspend it or let it in again
         * @description Permission: `platform:admin`.
         */
        patch: operations["changePlatformCompany"];
        trace?: never;
    };
    "/api/platform/issuers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who signs tokens that are believed
         * @description Permission: `platform:admin`.
         */
        get: operations["listIssuers"];
        put?: never;
        /**
         * Believe the tokens of an issuer
         * @description Tokens are sent as `Authorization: Bearer`. Fixed algorithms and audience; an issuer speaks only for the companies listed, by its own names for them (claims `tenant_id`, `company_id`, `tenant_ids`, `company_ids`).
         *
         *     Permission: `platform:admin`.
         */
        post: operations["createIssuer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform/issuers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change an issuer
         * @description Permission: `platform:admin`.
         */
        put: operations["changeIssuer"];
        post?: never;
        /**
         * Believe an issuer no more
         * @description Permission: `platform:admin`.
         */
        delete: operations["removeIssuer"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queue-monitor/clear": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take everything that waits out of the queue
         * @description Nothing is destroyed: messages become dead letters, webhooks become failed webhooks, and both can be replayed.
         *
         *     Permission: `whatsapp:operate`.
         */
        delete: operations["clearQueue"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queue-monitor/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause
         * @description Webhooks are still taken and kept, messages still accepted; nothing is processed until `resume`. What is being sent is finished.
         *
         *     Permission: `whatsapp:operate`.
         */
        post: operations["pauseQueue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queue-monitor/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go on
         * @description Permission: `whatsapp:operate`.
         */
        post: operations["resumeQueue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queue-monitor/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What waits, what is done, what was set aside
         * @description Of your company; of all, for who runs the installation.
         *
         *     Permission: `whatsapp:operate`.
         */
        get: operations["getQueueStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sessions of the company and their hosts
         * @description Permission: `whatsapp:read`.
         */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List subscriptions
         * @description Permission: `whatsapp:manage_subscriptions`.
         */
        get: operations["listSubscriptions"];
        put?: never;
        /**
         * Send events to another system
         * @description Over HTTP, signed as Standard Webhooks say, or to RabbitMQ. What happens from this answer on is sent; `secret` is shown this once. See docs/events.md.
         *
         *     Permission: `whatsapp:manage_subscriptions`.
         */
        post: operations["createSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/subscriptions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A subscription
         * @description Permission: `whatsapp:manage_subscriptions`.
         */
        get: operations["getSubscription"];
        put?: never;
        post?: never;
        /**
         * Remove a subscription
         * @description With what waits for it and its log.
         *
         *     Permission: `whatsapp:manage_subscriptions`.
         */
        delete: operations["deleteSubscription"];
        options?: never;
        head?: never;
        /**
         * Change, pause or take up a subscription
         * @description What is left out stays. What waited for a later try is tried at once.
         *
         *     Permission: `whatsapp:manage_subscriptions`.
         */
        patch: operations["changeSubscription"];
        trace?: never;
    };
    "/api/subscriptions/{id}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm that events were processed
         * @description For `acknowledgement: explicit`. What is not confirmed in time, or confirmed as failed, is sent again.
         *
         *     Permission: `whatsapp:manage_subscriptions`.
         */
        post: operations["acknowledgeEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/subscriptions/{id}/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tries, and what was answered
         * @description The newest 5,000, for 30 days or what the company’s setting `events.log_days` says.
         *
         *     Permission: `whatsapp:manage_subscriptions`.
         */
        get: operations["getSubscriptionLog"];
        put?: never;
        post?: never;
        /**
         * Erase a subscription’s log
         * @description Permission: `whatsapp:manage_subscriptions`.
         */
        delete: operations["eraseSubscriptionLog"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/subscriptions/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send events again
         * @description One by its id, or those of a time that the subscription wants; in their order, each with its old id.
         *
         *     Permission: `whatsapp:manage_subscriptions`.
         */
        post: operations["replayEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/subscriptions/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a new secret
         * @description The old one signs too for 24 hours: every request carries both signatures.
         *
         *     Permission: `whatsapp:manage_subscriptions`.
         */
        post: operations["rotateSubscriptionSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/subscriptions/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test event now
         * @description Permission: `whatsapp:manage_subscriptions`.
         */
        post: operations["testSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Templates of your lines
         * @description As each number’s carrier has them, by name and language: read from it every hour, after its webhooks, and with `POST /api/templates/sync`.
         *
         *     Permission: `whatsapp:read`.
         */
        get: operations["listTemplates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/templates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A template
         * @description Permission: `whatsapp:read`.
         */
        get: operations["getTemplate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/templates/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read templates from the carriers now
         * @description Permission: `whatsapp:admin`.
         */
        post: operations["syncTemplates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Users
         * @description Permission: `company:manage_users`.
         */
        get: operations["listUsers"];
        put?: never;
        /**
         * Invite somebody
         * @description The answer has a link to hand over; with it they choose a password. It is shown once and ends after a week.
         *
         *     Permission: `company:manage_users`.
         */
        post: operations["inviteUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a user
         * @description Name, role, businesses; `disabled` ends their access.
         *
         *     Permission: `company:manage_users`.
         */
        patch: operations["changeUser"];
        trace?: never;
    };
    "/api/users/{id}/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A new link for a user
         * @description An invitation for who never came in, a new password for the others. Links made before end.
         *
         *     Permission: `company:manage_users`.
         */
        post: operations["linkUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A file for a carrier
         * @description Carriers that fetch files get an address that is good for a short time.
         */
        get: operations["fetchLinkedFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hand in a user’s message
         * @description As if the user had written it: the account’s bot answers on WhatsApp, each attachment reaches its flow as a document. It does not open the 24-hour window; only the user’s own message does.
         *
         *     Permission: `whatsapp:send_message`.
         */
        post: operations["feedMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same for Meta’s first app
         * @description The same for Meta’s first app
         */
        get: operations["verifyWebhookOfMeta"];
        put?: never;
        /**
         * The same for Meta’s first app
         * @description Signed by the carrier; answered once it is committed. A repetition changes nothing.
         */
        post: operations["receiveWebhookOfMeta"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook/{provider}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same for a carrier’s first app
         * @description The same for a carrier’s first app
         */
        get: operations["verifyWebhookOfProvider"];
        put?: never;
        /**
         * The same for a carrier’s first app
         * @description Signed by the carrier; answered once it is committed. A repetition changes nothing.
         */
        post: operations["receiveWebhookOfProvider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook/{provider}/{app}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A carrier checks the address
         * @description A carrier checks the address
         */
        get: operations["verifyWebhook"];
        put?: never;
        /**
         * A carrier tells something
         * @description Signed by the carrier; answered once it is committed. A repetition changes nothing.
         */
        post: operations["receiveWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Account: {
            /** @description The carrier of the first choice. */
            account_type: string;
            /** @description The bot that answers on it. Null: none, conversations wait for a person. */
            bot_id: string | null;
            business_id: string | null;
            company_id: string;
            created_at: string;
            fallback_cooldown_seconds: number;
            fallback_threshold_errors: number;
            id: string;
            name: string;
            phone_number: string | null;
            /** @description The same as `account_type`. */
            provider: string;
            /** @description The carriers it is reached by, first choice first. */
            routes: components["schemas"]["AccountRoute"][];
            /**
             * @description `stopped`: the carrier refuses our credentials; `disabled`: by you.
             * @enum {string}
             */
            status: "active" | "paused" | "stopped" | "disabled";
            updated_at: string;
            waba_id: string | null;
        };
        AccountList: {
            accounts: components["schemas"]["Account"][];
        };
        AccountMetrics: {
            /** @description From our having a message to WhatsApp’s having it. */
            acceptance_ms: {
                p50: number | null;
                p95: number | null;
            };
            account_id: string;
            conversations: {
                /** @description With a message in this time. */
                active: number;
                open: number;
                started: number;
                total: number;
                waiting_for_a_person: number;
            };
            from: string;
            messages: {
                by_author: {
                    agent: number;
                    api: number;
                    bot: number;
                    echo: number;
                };
                delivered: number;
                failed: number;
                queued: number;
                read: number;
                received: number;
                /** @description Those that WhatsApp took, whatever came after. */
                sent: number;
                unknown: number;
            };
            to: string;
        };
        AccountRoute: {
            account_type: string;
            id: string;
            sender_id: string;
            /** @enum {string} */
            status: "active" | "paused" | "stopped";
            status_reason: string | null;
            waba_id: string | null;
            /** @description Where the carrier shall call. */
            webhook_url: string | null;
        };
        AddedRoute: {
            route: components["schemas"]["RouteDetails"];
            webhook: {
                /** @description Why not. */
                reason: string | null;
                /** @description The carrier was told and calls from now on. */
                subscribed: boolean;
                url: string;
                verify_token: string;
            };
        };
        AddressBody: {
            /**
             * @default phone
             * @enum {string}
             */
            kind?: "phone" | "bsuid" | "lid" | "username";
            value: string;
        };
        AddRoute: {
            /**
             * @default meta
             * @enum {string}
             */
            account_type?: "meta" | "official" | "twilio" | "evolution" | "baileys" | "wwebjs" | "venom";
            /** @description Access token or API key at the carrier. Kept sealed, never shown. */
            api_key?: string;
            /** @description Anything else that the carrier needs, by the names that `centralita account add` asks for. */
            credentials?: {
                [key: string]: string;
            };
            /** @description Default: as the carrier tells it. */
            phone_number?: string;
            /** @description Meta’s id of the number. */
            phone_number_id?: string;
            /**
             * @description Tell the carrier where to call.
             * @default true
             */
            subscribe?: boolean;
            /**
             * @description Try the credentials at the carrier first; nothing is stored when they do not work.
             * @default true
             */
            verify?: boolean;
            waba_id?: string;
            /** @description The webhook’s address ends in it. */
            webhook_name?: string;
            /** @description What the carrier signs its webhooks with (Meta: the app secret). Kept sealed, never shown. */
            webhook_secret?: string;
        };
        ApiKey: {
            allowed_ips: string[] | null;
            business_ids: string[];
            created_at: string;
            created_by: {
                id: string;
                name: string;
            } | null;
            expires_at: string | null;
            id: string;
            last_used_at: string | null;
            last_used_ip: string | null;
            name: string;
            platform: boolean;
            prefix: string;
            revoked_at: string | null;
            /** @enum {string} */
            role: "administrator" | "supervisor" | "agent" | "developer" | "read_only";
            scopes: string[] | null;
        };
        AuditEntry: {
            action: string;
            actor: {
                id: string | null;
                /** @enum {string} */
                kind: "user" | "key" | "token" | "system";
                name: string;
            };
            after: {
                [key: string]: unknown;
            } | null;
            at: string;
            before: {
                [key: string]: unknown;
            } | null;
            id: string;
            ip: string | null;
            request_id: string | null;
            target: {
                id: string | null;
                kind: string;
                name: string | null;
            };
        };
        AuditPage: {
            entries: components["schemas"]["AuditEntry"][];
            next_cursor: string | null;
        };
        Bot: {
            /** @description The lines it answers on. */
            account_ids: string[];
            analytics: components["schemas"]["BotAnalytics"];
            /** @description A UUID. */
            bot_id: string;
            business_hours: components["schemas"]["BusinessHours"];
            created_at: string;
            flows: {
                [key: string]: string;
            };
            /** @description The same as `bot_…`. */
            id: string;
            name: string;
            /** @description Right after a change: why its configuration connected no line. */
            notice: string | null;
            phone_number: string | null;
            provider_config: components["schemas"]["ProviderConfig"];
            /** @description It has a flow and so can answer. */
            published: boolean;
            tenant_id: string;
            updated_at: string;
        };
        BotAnalytics: {
            track_clicks: boolean;
            track_conversions: boolean;
            track_opens: boolean;
        };
        BotConfig: {
            /**
             * @default {
             *       "track_opens": false,
             *       "track_clicks": false,
             *       "track_conversions": false
             *     }
             */
            analytics?: components["schemas"]["BotAnalytics"];
            /** @description A UUID or `bot_…`. Made when absent. */
            bot_id?: string;
            /** @description Flows read `account.open`; always true when not enabled. */
            business_hours: components["schemas"]["BusinessHours"];
            /** @default {} */
            flows?: {
                [key: string]: string;
            };
            name: string;
            /** @description Of the line it answers on. */
            phone_number: string;
            provider_config: components["schemas"]["ProviderConfigInput"];
            /** @description What you call the company; kept as it is. Which company it is, your key says. */
            tenant_id?: string;
        };
        BotList: {
            bots: components["schemas"]["Bot"][];
        };
        BotSend: {
            /** @description Which of its lines, where the bot has several. */
            account_id?: string;
            bot_id: string;
            message: string;
            /** @description Digits with the country code, or E.164. */
            to: string;
        };
        BotSent: {
            account_id: string;
            bot_id: string;
            conversation_id: string;
            id: string;
            /** @description How WhatsApp writes the contact’s number, where that differs from `phone_number` (Brazil, Mexico, Argentina). */
            matched_phone_number: string | null;
            /** @description The same as `id`. */
            message_id: string;
            metadata: {
                [key: string]: unknown;
            } | null;
            /** @description As asked for, in E.164. */
            phone_number: string | null;
            sent_at: string | null;
            /**
             * @description `sent`: WhatsApp has taken it. Later steps come as events and with `GET /api/messages/{id}`.
             * @enum {string}
             */
            status: "queued" | "sent" | "delivered" | "read" | "played" | "failed" | "unknown";
            /** @description The carrier’s id; null while the message waits. */
            whatsapp_message_id: string | null;
        };
        BulkAnswer: {
            queued: number;
            rejected: number;
            results: components["schemas"]["BulkResult"][];
        };
        BulkMessages: {
            /** @description The line to send from. May be left out where the company has only one. */
            account_id?: string;
            messages: {
                /** @description The line to send from. May be left out where the company has only one. */
                account_id?: string;
                /** @description Instead of `phone_number`: a contact known to Centralita (`ct_…`). */
                contact_id?: string;
                /** @description The text. With a file: its caption. For the other types an object as `Message.content` shows it, such as `{"body": "…", "buttons": [{"id": "yes", "title": "Sí"}]}`. */
                content?: string | {
                    [key: string]: unknown;
                };
                /** @description Language of the template. Default: that of the company, or the only one it is there in. */
                language?: string;
                /** @description A file uploaded before (`med_…`), for the types that carry one. */
                media_id?: string;
                /**
                 * Format: uri
                 * @description Where the carrier fetches the file, instead of `media_id`.
                 */
                media_url?: string;
                /** @description Anything of yours; kept with the message and given back with it, never sent. */
                metadata?: {
                    [key: string]: unknown;
                };
                /** @description Digits with the country code, or E.164. */
                phone_number?: string;
                /** @description Name of an approved template, or its id (`tpl_…`, `GET /api/templates`). When given it wins over `type` and `content`. */
                template_id?: string;
                /**
                 * @default text
                 * @enum {string}
                 */
                type?: "text" | "image" | "video" | "audio" | "document" | "sticker" | "location" | "contacts" | "buttons" | "list" | "cta_url" | "interactive" | "template";
                /** @description Values for the template’s variables, all of them: by name, by number (`"1"`, `"2"`) where they are numbered; `header` and `button_1` for those of the header and of the first button. */
                variables?: {
                    [key: string]: string | number;
                };
            }[];
        };
        BulkResult: {
            account_id: string | null;
            /** @description Why this one was rejected; the others are not concerned. */
            error: components["schemas"]["Problem"] | null;
            id: string | null;
            index: number;
            phone_number: string | null;
            /** @enum {string} */
            status: "queued" | "rejected";
        };
        Business: {
            created_at: string;
            external_id: string | null;
            id: string;
            name: string;
        };
        BusinessHours: {
            enabled: boolean;
            schedule: {
                friday: {
                    end: string;
                    start: string;
                } | null;
                monday: {
                    end: string;
                    start: string;
                } | null;
                saturday: {
                    end: string;
                    start: string;
                } | null;
                sunday: {
                    end: string;
                    start: string;
                } | null;
                thursday: {
                    end: string;
                    start: string;
                } | null;
                tuesday: {
                    end: string;
                    start: string;
                } | null;
                wednesday: {
                    end: string;
                    start: string;
                } | null;
            };
            timezone: string;
        };
        Carrier: {
            /** @enum {string} */
            account_type: "meta" | "official" | "twilio" | "evolution" | "baileys" | "wwebjs" | "venom";
            fields: {
                help: string;
                /** @description False: only who runs the installation may give it. */
                mine: boolean;
                name: string;
                required: boolean;
                secret: boolean;
            }[];
            /** @description False: it drives WhatsApp Web; WhatsApp may block the number. */
            official: boolean;
            /** @description The number is a phone, to be paired by a picture or a code. */
            pairing: boolean;
            /** @description The carrier asks for it when the address is entered by hand. */
            verify_token: boolean;
            /**
             * @description Whether the carrier can be told from here where to call.
             * @enum {string}
             */
            webhook: "automatic" | "by_hand" | "none";
        };
        CarrierList: {
            carriers: components["schemas"]["Carrier"][];
        };
        ChangeAccount: {
            /** @description Access token or API key at the carrier. Kept sealed, never shown. */
            api_key?: string;
            business_id?: string | null;
            /** @description Anything else that the carrier needs, by the names that `centralita account add` asks for. */
            credentials?: {
                [key: string]: string;
            };
            fallback_cooldown_seconds?: number;
            fallback_threshold_errors?: number;
            name?: string;
            phone_number?: string | null;
            /** @description Meta’s id of the number. */
            phone_number_id?: string;
            /** @enum {string} */
            status?: "active" | "disabled";
            /** @default true */
            verify?: boolean;
            waba_id?: string;
            /** @description What the carrier signs its webhooks with (Meta: the app secret). Kept sealed, never shown. */
            webhook_secret?: string;
        };
        ChangeContact: {
            fields?: {
                [key: string]: (string | number | boolean) | null;
            };
            language?: string | null;
            name?: string | null;
        };
        ChangeGroup: {
            description?: string;
            subject?: string;
        };
        ChangeGroupMembers: {
            /** @enum {string} */
            action: "add" | "remove" | "promote" | "demote";
            members: string[];
        };
        ChangeRoute: {
            /** @description When the number was first used on WhatsApp: young numbers begin slowly. */
            number_since?: string | null;
            pace?: ("plain" | "human") | null;
            per_day?: number | null;
            /**
             * @description `active` also ends a stop, after the credentials were tried.
             * @enum {string}
             */
            status?: "active" | "paused";
        };
        CheckCredentials: {
            /** @description Access token or API key at the carrier. Kept sealed, never shown. */
            api_key?: string;
            /** @description Anything else that the carrier needs, by the names that `centralita account add` asks for. */
            credentials?: {
                [key: string]: string;
            };
            phone_number?: string;
            /** @description Meta’s id of the number. */
            phone_number_id?: string;
            waba_id?: string;
            /** @description What the carrier signs its webhooks with (Meta: the app secret). Kept sealed, never shown. */
            webhook_secret?: string;
        };
        ChooseSession: {
            /** @description Which number of the line (`rt_…`). Default: its first one that has a session. */
            route_id?: string;
        };
        CompanyView: {
            created_at: string;
            id: string;
            limits: components["schemas"]["Limits"];
            locale: string;
            name: string;
            settings: {
                [key: string]: unknown;
            };
            slug: string;
            /** @enum {string} */
            status: "active" | "suspended";
            timezone: string;
            usage: {
                messages_in_today: number;
                messages_out_today: number;
                requests_today: number;
                users: number;
            };
        };
        ConnectedAccount: {
            /** @description The carrier of the first choice. */
            account_type: string;
            /** @description The bot that answers on it. Null: none, conversations wait for a person. */
            bot_id: string | null;
            business_id: string | null;
            company_id: string;
            created_at: string;
            fallback_cooldown_seconds: number;
            fallback_threshold_errors: number;
            id: string;
            name: string;
            phone_number: string | null;
            /** @description The same as `account_type`. */
            provider: string;
            /** @description The carriers it is reached by, first choice first. */
            routes: components["schemas"]["AccountRoute"][];
            /**
             * @description `stopped`: the carrier refuses our credentials; `disabled`: by you.
             * @enum {string}
             */
            status: "active" | "paused" | "stopped" | "disabled";
            updated_at: string;
            waba_id: string | null;
            webhook: {
                /** @description Why not. */
                reason: string | null;
                /** @description The carrier was told and calls from now on. */
                subscribed: boolean;
                url: string;
                verify_token: string;
            };
        };
        Contact: {
            addresses: components["schemas"]["ContactAddress"][];
            created_at: string;
            erased_at: string | null;
            fields: {
                [key: string]: string | number | boolean;
            };
            id: string;
            labels: components["schemas"]["Label"][];
            language: string | null;
            last_active_at: string;
            name: string | null;
            /** @enum {string} */
            named_by: "carrier" | "agent";
            phone_number: string | null;
            stopped: {
                [key: string]: string;
            };
            updated_at: string;
        };
        ContactAddress: {
            added_at: string;
            kind: string;
            value: string;
        };
        ContactAddressPage: {
            addresses: components["schemas"]["ContactAddress"][];
        };
        ContactPage: {
            contacts: components["schemas"]["Contact"][];
            next_cursor: string | null;
        };
        Conversation: {
            account_id: string;
            account_name: string;
            /** @description Whether the contact can be shown that somebody is writing (`…/typing`): the carrier can, and has a message of theirs to show it on. */
            can_show_typing: boolean;
            contact: {
                addresses: {
                    kind: string;
                    value: string;
                }[];
                id: string;
                name: string | null;
                phone: string | null;
            };
            contact_name: string | null;
            contact_phone: string | null;
            created_at: string;
            holder: {
                /** @enum {string} */
                kind: "bot" | "agent" | "nobody";
                name: string | null;
                user_id: string | null;
            };
            id: string;
            labels: components["schemas"]["Label"][];
            last_message: {
                at: string;
                author: string;
                /** @enum {string} */
                direction: "in" | "out";
                id: string;
                /** @enum {string} */
                status: "received" | "queued" | "sending" | "accepted" | "sent" | "delivered" | "read" | "played" | "failed" | "unknown";
                text: string;
                type: string;
            } | null;
            last_message_at: string | null;
            /** @enum {string} */
            status: "open" | "closed";
            troubled: number;
            unread: number;
            updated_at: string;
            window: {
                closes_at: string | null;
                open: boolean;
                reason: string | null;
            };
        };
        ConversationPage: {
            conversations: components["schemas"]["Conversation"][];
            matches?: components["schemas"]["SearchMatch"][];
            next_cursor: string | null;
            unread_conversations?: number;
        };
        CreateAccount: {
            /**
             * @default meta
             * @enum {string}
             */
            account_type?: "meta" | "official" | "twilio" | "evolution" | "baileys" | "wwebjs" | "venom";
            /** @description Access token or API key at the carrier. Kept sealed, never shown. */
            api_key?: string;
            business_id?: string | null;
            /** @description Anything else that the carrier needs, by the names that `centralita account add` asks for. */
            credentials?: {
                [key: string]: string;
            };
            /** @description Default: as the carrier calls it. */
            name?: string;
            /** @description Default: as the carrier tells it. */
            phone_number?: string;
            /** @description Meta’s id of the number. */
            phone_number_id?: string;
            /**
             * @description Tell the carrier where to call.
             * @default true
             */
            subscribe?: boolean;
            /**
             * @description Try the credentials at the carrier first; nothing is stored when they do not work.
             * @default true
             */
            verify?: boolean;
            waba_id?: string;
            /** @description The webhook’s address ends in it. */
            webhook_name?: string;
            /** @description What the carrier signs its webhooks with (Meta: the app secret). Kept sealed, never shown. */
            webhook_secret?: string;
        };
        CreateContact: {
            addresses?: components["schemas"]["AddressBody"][];
            fields?: {
                [key: string]: string | number | boolean;
            };
            language?: string;
            name?: string;
            phone_number?: string;
        };
        CreatedCompany: {
            company: components["schemas"]["PlatformCompany"];
            link: components["schemas"]["UserLink"] | null;
        };
        CreateGroup: {
            members: string[];
            subject: string;
        };
        CredentialsCheck: {
            error: {
                class: string;
                code: string;
                detail: string | null;
                title: string;
            } | null;
            name: string | null;
            number: string | null;
            ok: boolean;
        };
        EraseContact: {
            /** @description The id of the contact, once more: nothing of this can be undone. */
            confirm: string;
        };
        ErasedContact: {
            addresses: number;
            copies: number;
            erased_at: string;
            files: number;
            id: string;
            messages: number;
            notes: number;
        };
        ErasedEvents: {
            events: number;
            log_entries: number;
        };
        ErasedLog: {
            log_entries: number;
        };
        FedMessage: {
            /** @description The line it came to. May be left out where the company has only one, or only one with a bot. */
            account_id?: string;
            attachments?: (string | {
                /** @description The file itself in base64. */
                data?: string;
                filename?: string;
                id?: string;
                mime_type?: string;
                url?: string;
            })[];
            message?: string;
            name?: string;
            /** @description Whose message it is: digits with the country code, or E.164. */
            number: string;
        };
        GroupAnswer: {
            group: {
                announce?: boolean;
                created_at?: string;
                description?: string;
                id: string;
                locked?: boolean;
                members: {
                    lid?: string;
                    name?: string;
                    phone?: string;
                    /** @enum {string} */
                    role: "member" | "admin" | "superadmin";
                }[];
                subject: string;
            };
        };
        GroupList: {
            groups: {
                announce?: boolean;
                created_at?: string;
                description?: string;
                id: string;
                locked?: boolean;
                members: {
                    lid?: string;
                    name?: string;
                    phone?: string;
                    /** @enum {string} */
                    role: "member" | "admin" | "superadmin";
                }[];
                subject: string;
            }[];
        };
        GroupMembersAnswer: {
            members: {
                code: string;
                done: boolean;
                lid?: string;
                phone?: string;
            }[];
        };
        GroupMessage: {
            /** @description As for `POST /api/messages`. */
            content?: string | {
                [key: string]: unknown;
            };
            media_id?: string;
            /** Format: uri */
            media_url?: string;
            /** @description WhatsApp’s id of the message it answers. */
            quote?: string;
            /**
             * @default text
             * @enum {string}
             */
            type?: "text" | "image" | "video" | "audio" | "document" | "sticker" | "location" | "contacts" | "buttons" | "list" | "cta_url" | "interactive" | "template";
        };
        GroupSent: {
            detail: string | null;
            /** @enum {string} */
            status: "sent" | "unknown";
            whatsapp_message_id: string | null;
        };
        IamAnswer: {
            allowed: boolean;
            context: {
                /** @default [] */
                business_ids: string[];
                company_id: string;
                /** @default [] */
                permissions: string[];
                /** @default null */
                role: string | null;
            };
        };
        IamQuestion: {
            account_id?: string | null;
            action: string;
            company_id: string;
            user_id: string;
        };
        IamService: {
            cache_seconds: number;
            header_names: string[];
            url: string;
        };
        IamTest: {
            answer: components["schemas"]["IamAnswer"] | null;
            milliseconds: number;
            reason: string | null;
        };
        ImportedContacts: {
            changed: number;
            created: number;
            errors: {
                code: string;
                detail: string;
                line: number;
            }[];
        };
        InvitedUser: {
            link: components["schemas"]["UserLink"];
            user: components["schemas"]["User"];
        };
        Label: {
            /** @enum {string} */
            colour: "gray" | "red" | "orange" | "yellow" | "green" | "teal" | "blue" | "violet" | "pink";
            id: string;
            name: string;
        };
        LabelBody: {
            /**
             * @default gray
             * @enum {string}
             */
            colour?: "gray" | "red" | "orange" | "yellow" | "green" | "teal" | "blue" | "violet" | "pink";
            name: string;
        };
        LabelPage: {
            labels: components["schemas"]["Label"][];
        };
        LabelPatch: {
            /** @enum {string} */
            colour?: "gray" | "red" | "orange" | "yellow" | "green" | "teal" | "blue" | "violet" | "pink";
            name?: string;
        };
        Limits: {
            accounts?: number | null;
            messages_per_day?: number | null;
            requests_per_minute?: number | null;
            users?: number | null;
        };
        LimitsInput: {
            accounts?: number | null;
            messages_per_day?: number | null;
            requests_per_minute?: number | null;
            users?: number | null;
        };
        LinkView: {
            company: string;
            email: string;
            name: string;
            /** @enum {string} */
            purpose: "invitation" | "password";
        };
        LookUpNumbers: {
            phone_numbers: string[];
            /** @description Which number of the line (`rt_…`). Default: its first one that has a session. */
            route_id?: string;
        };
        MadeApiKey: {
            api_key: components["schemas"]["ApiKey"];
            key: string;
        };
        MergeContacts: {
            /** @description The contact that is the same person; it becomes part of the one in the address. */
            contact_id: string;
        };
        Message: {
            account_id: string;
            author: {
                /** @enum {string} */
                kind: "contact" | "bot" | "agent" | "api" | "echo" | "system";
                name: string | null;
                user_id: string | null;
            };
            can_resend: boolean;
            client_id: string | null;
            company_number: string | null;
            content: {
                type: string;
            } & {
                [key: string]: unknown;
            };
            conversation_id: string;
            created_at: string;
            delivered_at: string | null;
            /** @enum {string} */
            direction: "in" | "out";
            error: {
                class: string;
                code: string;
                detail: string | null;
                title: string;
            } | null;
            extra: {
                [key: string]: unknown;
            } | null;
            id: string;
            media_url: string | null;
            message_type: string;
            metadata: {
                [key: string]: unknown;
            } | null;
            quote: {
                message_id: string | null;
                text: string;
            } | null;
            reactions: {
                /** @enum {string} */
                by: "contact" | "company";
                emoji: string;
            }[];
            read_at: string | null;
            referral: {
                [key: string]: unknown;
            } | null;
            route_id: string;
            sent_at: string | null;
            /** @enum {string} */
            status: "received" | "queued" | "sending" | "accepted" | "sent" | "delivered" | "read" | "played" | "failed" | "unknown";
            text: string;
            updated_at: string;
            whatsapp_message_id: string | null;
        };
        MessagePage: {
            messages: components["schemas"]["Message"][];
            /** @description For `after`; null: this page ends with the newest message. */
            next_cursor: string | null;
            /** @description For `before`; null: this page begins with the first message. */
            previous_cursor: string | null;
        };
        MessageSearchPage: {
            messages: components["schemas"]["Message"][];
            next_cursor: string | null;
        };
        MoveSession: {
            /** @description Default: the one with the fewest sessions. */
            host_id?: string;
            /** @description Which number of the line (`rt_…`). Default: its first one that has a session. */
            route_id?: string;
        };
        Note: {
            author: {
                /** @enum {string} */
                kind: "user" | "key" | "token";
                name: string;
                user_id: string | null;
            };
            conversation_id: string;
            created_at: string;
            edited_at: string | null;
            id: string;
            text: string;
        };
        NoteBody: {
            text: string;
        };
        NotePage: {
            next_cursor: string | null;
            notes: components["schemas"]["Note"][];
        };
        NumbersFound: {
            numbers: {
                exists: boolean;
                lid: string | null;
                phone_number: string;
            }[];
        };
        OrderRoutes: {
            /** @description Every number of the line, first choice first. */
            route_ids: string[];
        };
        PlatformCompany: {
            created_at: string;
            id: string;
            limits: components["schemas"]["Limits"];
            locale: string;
            messages_in_today: number;
            messages_out_30_days: number;
            messages_out_today: number;
            name: string;
            slug: string;
            /** @enum {string} */
            status: "active" | "suspended";
            suspended_reason: string | null;
            timezone: string;
            users: number;
        };
        Problem: {
            code: string;
            detail?: string;
            errors?: {
                message: string;
                path: string;
            }[];
            request_id?: string;
            status: number;
            title: string;
            type: string;
        };
        ProviderConfig: {
            /** @default [] */
            fallback: ({
                auto_reconnect?: boolean;
                /** Format: uri */
                bridge_url?: string;
                session_id?: string;
                session_name?: string;
                /** @enum {string} */
                type: "meta" | "official" | "twilio" | "evolution" | "baileys" | "wwebjs" | "venom";
            } & {
                [key: string]: unknown;
            })[];
            /** @default 300 */
            fallback_cooldown_seconds: number;
            /** @default 3 */
            fallback_threshold_errors: number;
            primary: {
                auto_reconnect?: boolean;
                /** Format: uri */
                bridge_url?: string;
                session_id?: string;
                session_name?: string;
                /** @enum {string} */
                type: "meta" | "official" | "twilio" | "evolution" | "baileys" | "wwebjs" | "venom";
            } & {
                [key: string]: unknown;
            };
        };
        ProviderConfigInput: {
            /** @default [] */
            fallback?: ({
                auto_reconnect?: boolean;
                /** Format: uri */
                bridge_url?: string;
                session_id?: string;
                session_name?: string;
                /** @enum {string} */
                type: "meta" | "official" | "twilio" | "evolution" | "baileys" | "wwebjs" | "venom";
            } & {
                [key: string]: unknown;
            })[];
            /** @default 300 */
            fallback_cooldown_seconds?: number;
            /** @default 3 */
            fallback_threshold_errors?: number;
            primary: {
                auto_reconnect?: boolean;
                /** Format: uri */
                bridge_url?: string;
                session_id?: string;
                session_name?: string;
                /** @enum {string} */
                type: "meta" | "official" | "twilio" | "evolution" | "baileys" | "wwebjs" | "venom";
            } & {
                [key: string]: unknown;
            };
        };
        PublishedEvent: {
            event_type: string;
            id: string;
            /** @description How many want it. 0: it is told to nobody, and not kept. */
            subscriptions: number;
            timestamp: string;
        };
        PublishEvent: {
            /** @description The line it is about, when it is about no conversation. Without either it is told to everybody who wants the type. */
            account_id?: string;
            /** @description The conversation it is about: told in its order, between its messages, to who listens to its account. */
            conversation_id?: string;
            /** @description Any JSON object; it reaches the subscribers as it is. */
            data: {
                [key: string]: unknown;
            };
            event_type: string;
            /** @description Events with the same text are told one after the other, in the order in which they were taken; such as a person’s number. Without it (and without a conversation) in no order. */
            order_by?: string;
        };
        QueueCleared: {
            cleared: {
                message: number;
                webhook: number;
            };
            /** @enum {string} */
            scope: "company" | "platform";
        };
        QueueFigures: {
            active: number;
            /** @description Since counting began. */
            completed: number;
            /** @description Tried before, or waiting for the carrier’s word. */
            delayed: number;
            /** @description Set aside and not replayed. */
            failed: number;
            waiting: number;
        };
        QueuePaused: {
            paused: {
                message: boolean;
                webhook: boolean;
            };
            /** @enum {string} */
            scope: "company" | "platform";
        };
        QueueStats: {
            deduplication: {
                /** @description Messages of the last hour, by whose ids repetitions are told. Older ones are told too. */
                cachedMessages: number;
            };
            message: components["schemas"]["QueueFigures"];
            paused: {
                message: boolean;
                webhook: boolean;
            };
            /** @enum {string} */
            scope: "company" | "platform";
            webhook: components["schemas"]["QueueFigures"];
        };
        ReadBody: {
            /** @description A message: what came later stays unread. */
            up_to?: string;
        };
        Received: {
            /** @constant */
            status: "received";
        };
        RouteCheck: {
            error: {
                class: string;
                code: string;
                detail: string | null;
                title: string;
            } | null;
            number: string | null;
            ok: boolean;
            route: components["schemas"]["RouteDetails"];
            webhook: {
                detail: string | null;
                /** @enum {string} */
                state: "here" | "elsewhere" | "none" | "unknown";
            } | null;
        };
        RouteDetails: {
            account_type: string;
            /** @description Open: its messages go by the next number until a probe succeeds. */
            breaker: {
                next_probe_at: string;
                opened_at: string;
                reason: string;
            } | null;
            health: {
                /** @description What the carrier answered when it was last asked. */
                check: {
                    error: {
                        class: string;
                        code: string;
                        detail: string | null;
                        title: string;
                    } | null;
                    number: string | null;
                    ok: boolean;
                    webhook: {
                        detail: string | null;
                        /** @enum {string} */
                        state: "here" | "elsewhere" | "none" | "unknown";
                    } | null;
                } | null;
                checked_at: string | null;
                failures_in_a_row: number;
                last_accepted_at: string | null;
                last_error: {
                    class: string;
                    code: string;
                    detail: string | null;
                    title: string;
                } | null;
                last_failed_at: string | null;
                /** @description The last webhook about it. */
                last_received_at: string | null;
                last_status_at: string | null;
                /** @description The first message accepted after the last status. */
                unanswered_since: string | null;
            };
            id: string;
            last_24_hours: {
                accepted: number;
                /** @description The most frequent first. */
                errors: {
                    code: string;
                    last_at: string;
                    n: number;
                    title: string | null;
                }[];
                /** @description Accepted, and told to have failed by a status. */
                failed_later: number;
                refused: number;
                unknown: number;
            };
            pace: {
                begun_last_24_hours: number | null;
                /** @description Null: as the carrier needs it. */
                chosen: ("plain" | "human") | null;
                /** @enum {string} */
                mode: "plain" | "human";
                number_since: string | null;
                /** @description Messages within 24 hours that the company begins, at this age of the number. */
                per_day: number | null;
                per_second: number | null;
            };
            phone_number: string | null;
            /** @description 0 is the first choice. */
            position: number;
            /** @description The worst first. */
            problems: {
                /**
                 * @description `waiting`: its web session waits for somebody to link a phone or start it, which is no failure; `session`: its web session ended and needs somebody; `stopped`: the carrier refused the credentials while sending; `breaker`: it failed too often, the next number took over; `failing`: the same without a next one; `credentials`: refused when it was asked; `unreachable`: it does not answer; `silent`: messages are accepted but no status comes; `webhook`: the carrier does not call here.
                 * @enum {string}
                 */
                code: "waiting" | "session" | "stopped" | "breaker" | "failing" | "credentials" | "unreachable" | "silent" | "webhook";
                detail: string | null;
            }[];
            sender_id: string;
            /**
             * @description As seen from outside; `waiting`: for a person, nothing is wrong; `unknown`: nothing was seen of it yet.
             * @enum {string}
             */
            state: "up" | "degraded" | "down" | "waiting" | "paused" | "unknown";
            /** @enum {string} */
            status: "active" | "paused" | "stopped";
            status_reason: string | null;
            waba_id: string | null;
            /** @description Messages that have not left; counted to 1000. */
            waiting: number;
            /** @description Where the carrier shall call. */
            webhook_url: string | null;
        };
        RouteList: {
            fallback_cooldown_seconds: number;
            fallback_threshold_errors: number;
            routes: components["schemas"]["RouteDetails"][];
        };
        RouteWebhook: {
            /** @description Why not. */
            reason: string | null;
            /** @description The carrier was told and calls from now on. */
            subscribed: boolean;
            url: string;
            verify_token: string;
        };
        SearchMatch: {
            conversation_id: string;
            /** @description Places in `text`, in UTF-16 units as JavaScript counts; `to` is behind the last. */
            hits: {
                from: number;
                to: number;
            }[];
            message_id: string;
            text: string;
        };
        SendBody: {
            client_id: string;
            content: {
                text: string;
                /** @constant */
                type: "text";
            } | {
                caption?: string;
                media: {
                    id: string;
                };
                /** @enum {string} */
                type: "image" | "video" | "audio" | "document";
            } | {
                emoji: string;
                message_id: string;
                /** @constant */
                type: "reaction";
            } | {
                language?: string;
                template_id: string;
                /** @constant */
                type: "template";
                /** @default {} */
                variables?: {
                    [key: string]: string;
                };
            };
            quote_message_id?: string;
        };
        SendMessage: {
            /** @description The line to send from. May be left out where the company has only one. */
            account_id?: string;
            /** @description Instead of `phone_number`: a contact known to Centralita (`ct_…`). */
            contact_id?: string;
            /** @description The text. With a file: its caption. For the other types an object as `Message.content` shows it, such as `{"body": "…", "buttons": [{"id": "yes", "title": "Sí"}]}`. */
            content?: string | {
                [key: string]: unknown;
            };
            /** @description Language of the template. Default: that of the company, or the only one it is there in. */
            language?: string;
            /** @description A file uploaded before (`med_…`), for the types that carry one. */
            media_id?: string;
            /**
             * Format: uri
             * @description Where the carrier fetches the file, instead of `media_id`.
             */
            media_url?: string;
            /** @description Anything of yours; kept with the message and given back with it, never sent. */
            metadata?: {
                [key: string]: unknown;
            };
            /** @description Digits with the country code, or E.164. */
            phone_number?: string;
            /** @description Name of an approved template, or its id (`tpl_…`, `GET /api/templates`). When given it wins over `type` and `content`. */
            template_id?: string;
            /**
             * @default text
             * @enum {string}
             */
            type?: "text" | "image" | "video" | "audio" | "document" | "sticker" | "location" | "contacts" | "buttons" | "list" | "cta_url" | "interactive" | "template";
            /** @description Values for the template’s variables, all of them: by name, by number (`"1"`, `"2"`) where they are numbered; `header` and `button_1` for those of the header and of the first button. */
            variables?: {
                [key: string]: string | number;
            };
        };
        SentMessage: {
            account_id: string;
            conversation_id: string;
            id: string;
            /** @description How WhatsApp writes the contact’s number, where that differs from `phone_number` (Brazil, Mexico, Argentina). */
            matched_phone_number: string | null;
            metadata: {
                [key: string]: unknown;
            } | null;
            /** @description As asked for, in E.164. */
            phone_number: string | null;
            sent_at: string | null;
            /**
             * @description `sent`: WhatsApp has taken it. Later steps come as events and with `GET /api/messages/{id}`.
             * @enum {string}
             */
            status: "queued" | "sent" | "delivered" | "read" | "played" | "failed" | "unknown";
            /** @description The carrier’s id; null while the message waits. */
            whatsapp_message_id: string | null;
        };
        Session: {
            account_id: string;
            created_at: string;
            detail: string | null;
            qr_url: string | null;
            route_id: string;
            session_id: string;
            session_type: string;
            /**
             * @description `conflict`: another program uses the login; `logged_out`: unlinked, link the phone again; `banned`: WhatsApp refuses the number.
             * @enum {string}
             */
            status: "created" | "initializing" | "waiting_qr" | "connecting" | "active" | "reconnecting" | "closed" | "error" | "conflict" | "logged_out" | "banned";
        };
        SessionDetails: {
            account_id: string;
            active_since: string | null;
            created_at: string;
            detail: string | null;
            engine: string | null;
            /** @description Which host has it now. */
            host: components["schemas"]["SessionHost"] | null;
            /** @description Where it could be moved. */
            hosts: components["schemas"]["SessionHost"][];
            last_activity_at: string | null;
            /** @description The last lines, the newest first. */
            log: {
                at: string;
                code: string | null;
                /**
                 * @description `conflict`: another program uses the login; `logged_out`: unlinked, link the phone again; `banned`: WhatsApp refuses the number.
                 * @enum {string}
                 */
                status: "created" | "initializing" | "waiting_qr" | "connecting" | "active" | "reconnecting" | "closed" | "error" | "conflict" | "logged_out" | "banned";
                text: string | null;
            }[];
            /** @description `session_name`. */
            name: string;
            pairing_code: string | null;
            pairing_expires_at: string | null;
            phone_number: string | null;
            platform: string | null;
            profile_name: string | null;
            /** @description Browser engines: when the login was last stored, which another host would start from. */
            profile_stored_at: string | null;
            /** @description What the picture to scan says; only for who may link phones. */
            qr: string | null;
            qr_expires_at: string | null;
            /** @description The picture as a data URL. */
            qr_picture: string | null;
            qr_url: string | null;
            reason: {
                code: string;
                text: string;
            } | null;
            reconnects: number;
            route_id: string;
            sandbox: boolean;
            session_id: string;
            session_type: string;
            state_since: string | null;
            /**
             * @description `conflict`: another program uses the login; `logged_out`: unlinked, link the phone again; `banned`: WhatsApp refuses the number.
             * @enum {string}
             */
            status: "created" | "initializing" | "waiting_qr" | "connecting" | "active" | "reconnecting" | "closed" | "error" | "conflict" | "logged_out" | "banned";
            /** @description It shall run; false: it was stopped, or ended for a reason that somebody has to look at. */
            wanted: boolean;
        };
        SessionHost: {
            capacity: number;
            draining: boolean;
            engine: string;
            hostname: string;
            id: string;
            pid: number;
            /** @description Memory of the whole host; its sessions share it. */
            rss_bytes: number;
            sandbox: boolean;
            sessions: number;
            started_at: string;
            version: string;
        };
        SessionList: {
            hosts: components["schemas"]["SessionHost"][];
            sessions: {
                account_id: string;
                active_since: string | null;
                created_at: string;
                detail: string | null;
                engine: string | null;
                /** @description Which host has it now. */
                host: components["schemas"]["SessionHost"] | null;
                last_activity_at: string | null;
                /** @description `session_name`. */
                name: string;
                phone_number: string | null;
                platform: string | null;
                profile_name: string | null;
                /** @description Browser engines: when the login was last stored, which another host would start from. */
                profile_stored_at: string | null;
                qr_url: string | null;
                reason: {
                    code: string;
                    text: string;
                } | null;
                reconnects: number;
                route_id: string;
                sandbox: boolean;
                session_id: string;
                session_type: string;
                state_since: string | null;
                /**
                 * @description `conflict`: another program uses the login; `logged_out`: unlinked, link the phone again; `banned`: WhatsApp refuses the number.
                 * @enum {string}
                 */
                status: "created" | "initializing" | "waiting_qr" | "connecting" | "active" | "reconnecting" | "closed" | "error" | "conflict" | "logged_out" | "banned";
                /** @description It shall run; false: it was stopped, or ended for a reason that somebody has to look at. */
                wanted: boolean;
            }[];
        };
        SessionQr: {
            /** @description To be typed on the phone. */
            code: string | null;
            /** @description The same as a data URL. */
            picture: string | null;
            /** @description Text of the picture. */
            qr: string | null;
            session_id: string;
            /**
             * @description `conflict`: another program uses the login; `logged_out`: unlinked, link the phone again; `banned`: WhatsApp refuses the number.
             * @enum {string}
             */
            status: "created" | "initializing" | "waiting_qr" | "connecting" | "active" | "reconnecting" | "closed" | "error" | "conflict" | "logged_out" | "banned";
        };
        StartSession: {
            metadata?: {
                [key: string]: unknown;
            };
            /** @description Asks for a code to be typed on this phone, instead of a picture to scan. */
            phone_number?: string;
            /**
             * @description A new connection, also where it is active. The login stays.
             * @default false
             */
            restart?: boolean;
            /** @description Which number of the line (`rt_…`). Default: its first one that has a session. */
            route_id?: string;
            /** @enum {string} */
            session_type?: "meta" | "official" | "twilio" | "evolution" | "baileys" | "wwebjs" | "venom";
        };
        StatusEntry: {
            at: string;
            code: string | null;
            detail: string | null;
            status: string;
            title: string | null;
        };
        SyncTemplates: {
            /** @description Default: every line. */
            account_id?: string;
        };
        Template: {
            account_id: string;
            /** @enum {string} */
            account_type: "meta" | "official" | "twilio" | "evolution" | "baileys" | "wwebjs" | "venom";
            category: ("utility" | "marketing" | "authentication") | null;
            changed_at: string;
            /** @description Header, body, footer and buttons in Meta’s form, whoever the carrier is. */
            components: {
                [key: string]: unknown;
            }[];
            id: string;
            /** @description As the carrier writes it: `es`, `es_AR`, `pt_BR`. */
            language: string;
            name: string;
            phone_number: string | null;
            quality: string | null;
            /** @description Why it was rejected or paused, in the carrier’s words. */
            reason: string | null;
            route_id: string;
            /**
             * @description Only `approved` ones can be sent. `draft`: never handed in to WhatsApp.
             * @enum {string}
             */
            status: "approved" | "pending" | "rejected" | "paused" | "disabled" | "draft" | "unknown";
            /** @description The body with its placeholders. */
            text: string;
            variables: {
                example: string | null;
                /**
                 * @description Files are given by their https address; a location as `latitude, longitude, name, address`.
                 * @enum {string}
                 */
                kind: "text" | "image" | "video" | "document" | "location";
                /** @description As `variables` of a message names it: `1`, `2`, … or its own name in the body, `header`, `button_1` (the first button). */
                name: string;
                /** @enum {string} */
                where: "header" | "body" | "button";
            }[];
            /** @description The carrier’s id. */
            whatsapp_template_id: string;
        };
        TemplatePage: {
            next_cursor: string | null;
            /** @description The numbers that have templates, and when theirs were read. */
            routes: {
                account_id: string;
                /** @enum {string} */
                account_type: "meta" | "official" | "twilio" | "evolution" | "baileys" | "wwebjs" | "venom";
                error: string | null;
                phone_number: string | null;
                route_id: string;
                /** @description When the carrier was last asked; null: never yet. */
                synced_at: string | null;
            }[];
            templates: components["schemas"]["Template"][];
        };
        TemplatesSynced: {
            routes: {
                account_id: string;
                /** @enum {string} */
                account_type: "meta" | "official" | "twilio" | "evolution" | "baileys" | "wwebjs" | "venom";
                error: string | null;
                phone_number: string | null;
                route_id: string;
                /** @description When the carrier was last asked; null: never yet. */
                synced_at: string | null;
            }[];
        };
        TestMessage: {
            phone_number: string;
            /** @description One without variables, such as hello_world: for who has not written to the number within 24 hours. */
            template?: {
                language: string;
                name: string;
            };
            text?: string;
        };
        TestProgress: {
            statuses: {
                at: string;
                error: {
                    class: string;
                    code: string;
                    detail: string | null;
                    title: string;
                } | null;
                status: string;
            }[];
        };
        TestResult: {
            error: {
                class: string;
                code: string;
                detail: string | null;
                title: string;
            } | null;
            milliseconds: number;
            /** @enum {string} */
            outcome: "accepted" | "rejected" | "retry" | "unknown";
            whatsapp_message_id: string | null;
        };
        TokenIssuer: {
            /**
             * @default [
             *       "RS256"
             *     ]
             */
            algorithms: ("RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512" | "ES256" | "ES384" | "ES512" | "EdDSA")[];
            audience: string;
            companies: {
                company_id: string;
                tenant: string;
            }[];
            created_at: string;
            /** @default null */
            default_role: ("administrator" | "supervisor" | "agent" | "developer" | "read_only") | null;
            /** @default false */
            disabled: boolean;
            /** @default false */
            header_chooses: boolean;
            id: string;
            issuer: string;
            /** Format: uri */
            jwks_url: string;
            name: string;
        };
        TypingShown: {
            shown: boolean;
        };
        UploadedFile: {
            filename: string | null;
            id: string;
            mime_type: string;
            size: number;
        };
        User: {
            business_ids: string[];
            created_at: string;
            email: string;
            id: string;
            last_login_at: string | null;
            name: string;
            platform: boolean;
            /** @enum {string} */
            role: "administrator" | "supervisor" | "agent" | "developer" | "read_only";
            /** @enum {string} */
            status: "active" | "invited" | "disabled";
        };
        UserLink: {
            expires_at: string;
            /** @enum {string} */
            purpose: "invitation" | "password";
            url: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listAccounts: {
        parameters: {
            query?: {
                /** @description Only those of this business. */
                business_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them, the oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountList"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Línea principal",
                 *       "account_type": "meta",
                 *       "phone_number_id": "106540352242922",
                 *       "waba_id": "102290129340398",
                 *       "api_key": "EAAG…",
                 *       "webhook_secret": "8a1d…"
                 *     }
                 */
                "application/json": components["schemas"]["CreateAccount"];
            };
        };
        responses: {
            /** @description Was connected already; its credentials are new now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectedAccount"];
                };
            };
            /** @description Connected. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectedAccount"];
                };
            };
            /**
             * @description `request.invalid`: The request does not have the form it should have. See "errors".
             *
             *     `accounts.provider_unknown`: This provider is not available. Choose one that `centralita account add` lists.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company.
             *
             *     `api.address_not_allowed`: Only who runs the installation may say where a carrier’s API is.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `accounts.sender_taken`: This number is connected on this app by another company. Remove that account first, or use another app.
             *
             *     `accounts.app_taken`: This webhook name belongs to an app with another secret. Choose another webhook name, or check the app secret.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `api.credentials_missing`: The carrier needs more than was given.
             *
             *     `api.credentials_refused`: The carrier does not accept these credentials; nothing was stored. Look at the ids and at the permissions of the token.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.limit_accounts`: The company has as many accounts as it may have. Ask who runs this installation for more. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The line, without its secrets. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `accounts.not_found`: There is no such account in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Atención",
                 *       "status": "active"
                 *     }
                 */
                "application/json": components["schemas"]["ChangeAccount"];
            };
        };
        responses: {
            /** @description The line as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company.
             *
             *     `api.address_not_allowed`: Only who runs the installation may say where a carrier’s API is.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `accounts.not_found`: There is no such account in your company.
             *
             *     `companies.business_not_found`: There is no such business in this company.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `api.credentials_refused`: The carrier does not accept these credentials; nothing was stored. Look at the ids and at the permissions of the token. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listGroups: {
        parameters: {
            query?: {
                /** @description Which number of the line (`rt_…`). Default: its first one that has a session. */
                route_id?: string;
            };
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With their members. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupList"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `accounts.not_found`: There is no such account in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `api.no_web_session`: This line has no WhatsApp Web session: its carrier needs none. Only lines that are a phone paired with their carrier have one.
             *
             *     `web-sessions.not_active`: This session is not active. Start it and link the phone first.
             *
             *     `web-sessions.unsupported`: This number has no groups here: only WhatsApp Web sessions that this server runs do.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `web-sessions.host_refused`: The host of the session could not do it. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `web-sessions.off`: This installation runs no web sessions: set CENTRALITA_BRIDGES=on, or start hosts of sessions (docs/whatsapp-web.md).
             *
             *     `web-sessions.no_host`: No host runs this session at the moment. Look again in some seconds; its log says why when it stays so.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createGroup: {
        parameters: {
            query?: {
                /** @description Which number of the line (`rt_…`). Default: its first one that has a session. */
                route_id?: string;
            };
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "subject": "Vecinos",
                 *       "members": [
                 *         "+56987650001"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreateGroup"];
            };
        };
        responses: {
            /** @description The group. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupAnswer"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `accounts.not_found`: There is no such account in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `api.no_web_session`: This line has no WhatsApp Web session: its carrier needs none. Only lines that are a phone paired with their carrier have one.
             *
             *     `web-sessions.not_active`: This session is not active. Start it and link the phone first.
             *
             *     `web-sessions.unsupported`: This number has no groups here: only WhatsApp Web sessions that this server runs do.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `web-sessions.host_refused`: The host of the session could not do it. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `web-sessions.off`: This installation runs no web sessions: set CENTRALITA_BRIDGES=on, or start hosts of sessions (docs/whatsapp-web.md).
             *
             *     `web-sessions.no_host`: No host runs this session at the moment. Look again in some seconds; its log says why when it stays so.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getGroup: {
        parameters: {
            query?: {
                /** @description Which number of the line (`rt_…`). Default: its first one that has a session. */
                route_id?: string;
            };
            header?: never;
            path: {
                group_id: string;
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With its members. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        group: {
                            announce?: boolean;
                            created_at?: string;
                            description?: string;
                            id: string;
                            locked?: boolean;
                            members: {
                                lid?: string;
                                name?: string;
                                phone?: string;
                                /** @enum {string} */
                                role: "member" | "admin" | "superadmin";
                            }[];
                            subject: string;
                        };
                    };
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `accounts.not_found`: There is no such account in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `api.no_web_session`: This line has no WhatsApp Web session: its carrier needs none. Only lines that are a phone paired with their carrier have one.
             *
             *     `web-sessions.not_active`: This session is not active. Start it and link the phone first.
             *
             *     `web-sessions.unsupported`: This number has no groups here: only WhatsApp Web sessions that this server runs do.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `web-sessions.host_refused`: The host of the session could not do it. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `web-sessions.off`: This installation runs no web sessions: set CENTRALITA_BRIDGES=on, or start hosts of sessions (docs/whatsapp-web.md).
             *
             *     `web-sessions.no_host`: No host runs this session at the moment. Look again in some seconds; its log says why when it stays so.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    leaveGroup: {
        parameters: {
            query?: {
                /** @description Which number of the line (`rt_…`). Default: its first one that has a session. */
                route_id?: string;
            };
            header?: never;
            path: {
                group_id: string;
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Left. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `accounts.not_found`: There is no such account in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `api.no_web_session`: This line has no WhatsApp Web session: its carrier needs none. Only lines that are a phone paired with their carrier have one.
             *
             *     `web-sessions.not_active`: This session is not active. Start it and link the phone first.
             *
             *     `web-sessions.unsupported`: This number has no groups here: only WhatsApp Web sessions that this server runs do.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `web-sessions.host_refused`: The host of the session could not do it. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `web-sessions.off`: This installation runs no web sessions: set CENTRALITA_BRIDGES=on, or start hosts of sessions (docs/whatsapp-web.md).
             *
             *     `web-sessions.no_host`: No host runs this session at the moment. Look again in some seconds; its log says why when it stays so.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeGroup: {
        parameters: {
            query?: {
                /** @description Which number of the line (`rt_…`). Default: its first one that has a session. */
                route_id?: string;
            };
            header?: never;
            path: {
                group_id: string;
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "subject": "Vecinos del pasaje"
                 *     }
                 */
                "application/json": components["schemas"]["ChangeGroup"];
            };
        };
        responses: {
            /** @description The group. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        group: {
                            announce?: boolean;
                            created_at?: string;
                            description?: string;
                            id: string;
                            locked?: boolean;
                            members: {
                                lid?: string;
                                name?: string;
                                phone?: string;
                                /** @enum {string} */
                                role: "member" | "admin" | "superadmin";
                            }[];
                            subject: string;
                        };
                    };
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `accounts.not_found`: There is no such account in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `api.no_web_session`: This line has no WhatsApp Web session: its carrier needs none. Only lines that are a phone paired with their carrier have one.
             *
             *     `web-sessions.not_active`: This session is not active. Start it and link the phone first.
             *
             *     `web-sessions.unsupported`: This number has no groups here: only WhatsApp Web sessions that this server runs do.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `web-sessions.host_refused`: The host of the session could not do it. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `web-sessions.off`: This installation runs no web sessions: set CENTRALITA_BRIDGES=on, or start hosts of sessions (docs/whatsapp-web.md).
             *
             *     `web-sessions.no_host`: No host runs this session at the moment. Look again in some seconds; its log says why when it stays so.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeGroupMembers: {
        parameters: {
            query?: {
                /** @description Which number of the line (`rt_…`). Default: its first one that has a session. */
                route_id?: string;
            };
            header?: never;
            path: {
                group_id: string;
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "action": "add",
                 *       "members": [
                 *         "+56987650002"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ChangeGroupMembers"];
            };
        };
        responses: {
            /** @description What WhatsApp says of each: 200 done, 403 may only be invited, 404 not on WhatsApp, 408 left recently, 409 is in it already. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupMembersAnswer"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `accounts.not_found`: There is no such account in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `api.no_web_session`: This line has no WhatsApp Web session: its carrier needs none. Only lines that are a phone paired with their carrier have one.
             *
             *     `web-sessions.not_active`: This session is not active. Start it and link the phone first.
             *
             *     `web-sessions.unsupported`: This number has no groups here: only WhatsApp Web sessions that this server runs do.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `web-sessions.host_refused`: The host of the session could not do it. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `web-sessions.off`: This installation runs no web sessions: set CENTRALITA_BRIDGES=on, or start hosts of sessions (docs/whatsapp-web.md).
             *
             *     `web-sessions.no_host`: No host runs this session at the moment. Look again in some seconds; its log says why when it stays so.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendToGroup: {
        parameters: {
            query?: {
                /** @description Which number of the line (`rt_…`). Default: its first one that has a session. */
                route_id?: string;
            };
            header?: never;
            path: {
                group_id: string;
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "content": "Hola a todos"
                 *     }
                 */
                "application/json": components["schemas"]["GroupMessage"];
            };
        };
        responses: {
            /** @description It left. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupSent"];
                };
            };
            /** @description It may have left. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupSent"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `accounts.not_found`: There is no such account in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `api.no_web_session`: This line has no WhatsApp Web session: its carrier needs none. Only lines that are a phone paired with their carrier have one.
             *
             *     `web-sessions.not_active`: This session is not active. Start it and link the phone first.
             *
             *     `web-sessions.unsupported`: This number has no groups here: only WhatsApp Web sessions that this server runs do.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `api.refused_by_carrier`: WhatsApp did not take this message.
             *
             *     `api.content`: The content does not fit the type of the message.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `web-sessions.host_refused`: The host of the session could not do it. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `web-sessions.off`: This installation runs no web sessions: set CENTRALITA_BRIDGES=on, or start hosts of sessions (docs/whatsapp-web.md).
             *
             *     `web-sessions.no_host`: No host runs this session at the moment. Look again in some seconds; its log says why when it stays so.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAccountMetrics: {
        parameters: {
            query?: {
                /** @description Default: 24 hours ago. */
                from?: string;
                /** @description Default: now. */
                to?: string;
            };
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counted anew. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountMetrics"];
                };
            };
            /**
             * @description `request.invalid`: The request does not have the form it should have. See "errors".
             *
             *     `api.period`: The period ends before it begins. Give from before to.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `accounts.not_found`: There is no such account in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    lookUpNumbers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "phone_numbers": [
                 *         "+56987650001"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["LookUpNumbers"];
            };
        };
        responses: {
            /** @description Each of them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NumbersFound"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `accounts.not_found`: There is no such account in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `api.no_web_session`: This line has no WhatsApp Web session: its carrier needs none. Only lines that are a phone paired with their carrier have one.
             *
             *     `web-sessions.not_active`: This session is not active. Start it and link the phone first.
             *
             *     `web-sessions.unsupported`: This number has no groups here: only WhatsApp Web sessions that this server runs do.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `web-sessions.host_refused`: The host of the session could not do it. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `web-sessions.off`: This installation runs no web sessions: set CENTRALITA_BRIDGES=on, or start hosts of sessions (docs/whatsapp-web.md).
             *
             *     `web-sessions.no_host`: No host runs this session at the moment. Look again in some seconds; its log says why when it stays so.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRoutes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The chain. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RouteList"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `accounts.not_found`: There is no such account in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addRoute: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "account_type": "twilio",
                 *       "phone_number": "+56229876543",
                 *       "credentials": {
                 *         "account_sid": "AC…",
                 *         "auth_token": "…",
                 *         "from": "+56229876543"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["AddRoute"];
            };
        };
        responses: {
            /** @description Was connected already; its credentials are new now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddedRoute"];
                };
            };
            /** @description Connected. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddedRoute"];
                };
            };
            /**
             * @description `request.invalid`: The request does not have the form it should have. See "errors".
             *
             *     `accounts.provider_unknown`: This provider is not available. Choose one that `centralita account add` lists.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company.
             *
             *     `api.address_not_allowed`: Only who runs the installation may say where a carrier’s API is.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `accounts.not_found`: There is no such account in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `accounts.sender_taken`: This number is connected on this app by another company. Remove that account first, or use another app.
             *
             *     `accounts.sender_elsewhere`: This number belongs to another line of your company. Remove it there first.
             *
             *     `accounts.app_taken`: This webhook name belongs to an app with another secret. Choose another webhook name, or check the app secret.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `api.credentials_missing`: The carrier needs more than was given.
             *
             *     `api.credentials_refused`: The carrier does not accept these credentials; nothing was stored. Look at the ids and at the permissions of the token.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeRoute: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
                route_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `accounts.not_found`: There is no such account in your company.
             *
             *     `accounts.route_not_found`: This line has no such number.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `accounts.route_busy`: Messages wait on this number. Pause it, so that the others of the line take them, or wait until they have left. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeRoute: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
                route_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "status": "paused"
                 *     }
                 */
                "application/json": components["schemas"]["ChangeRoute"];
            };
        };
        responses: {
            /** @description The number as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RouteDetails"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `accounts.not_found`: There is no such account in your company.
             *
             *     `accounts.route_not_found`: This line has no such number.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `api.credentials_refused`: The carrier does not accept these credentials; nothing was stored. Look at the ids and at the permissions of the token. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkRoute: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
                route_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What it said. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RouteCheck"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `accounts.not_found`: There is no such account in your company.
             *
             *     `accounts.route_not_found`: This line has no such number.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRouteTest: {
        parameters: {
            query: {
                whatsapp_message_id: string;
            };
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
                route_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Statuses that came so far, oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestProgress"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `accounts.not_found`: There is no such account in your company.
             *
             *     `accounts.route_not_found`: This line has no such number.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testRoute: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
                route_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "phone_number": "+56961234567",
                 *       "text": "Prueba"
                 *     }
                 */
                "application/json": components["schemas"]["TestMessage"];
            };
        };
        responses: {
            /** @description What the carrier answered. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestResult"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `accounts.not_found`: There is no such account in your company.
             *
             *     `accounts.route_not_found`: This line has no such number.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `api.phone_number`: This is not a phone number. Give it with its country code, as digits (593987654321) or as E.164 (+593987654321).
             *
             *     `api.test_content`: Give the text of the test message, or a template for who has not written to this number within 24 hours.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRouteWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
                route_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RouteWebhook"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `accounts.not_found`: There is no such account in your company.
             *
             *     `accounts.route_not_found`: This line has no such number.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    subscribeRoute: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
                route_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook, and whether the carrier took it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RouteWebhook"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `accounts.not_found`: There is no such account in your company.
             *
             *     `accounts.route_not_found`: This line has no such number.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    orderRoutes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "route_ids": [
                 *         "rt_01kah0s0xbe7rtq1rq7mpv0a6e",
                 *         "rt_01kah0rz2pe7rtq1rq7mpv0a6e"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["OrderRoutes"];
            };
        };
        responses: {
            /** @description The chain as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RouteList"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `accounts.not_found`: There is no such account in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `accounts.route_order`: The new order must name every number of the line, each once. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSession: {
        parameters: {
            query?: {
                /** @description Which number of the line (`rt_…`). Default: its first one that has a session. */
                route_id?: string;
            };
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionDetails"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `accounts.not_found`: There is no such account in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `api.no_web_session`: This line has no WhatsApp Web session: its carrier needs none. Only lines that are a phone paired with their carrier have one. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "session_type": "baileys",
                 *       "restart": false,
                 *       "metadata": {
                 *         "client_version": "1.0.0"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["StartSession"];
            };
        };
        responses: {
            /** @description The session. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `accounts.not_found`: There is no such account in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `api.no_web_session`: This line has no WhatsApp Web session: its carrier needs none. Only lines that are a phone paired with their carrier have one.
             *
             *     `web-sessions.no_code`: There is no code to type at the moment. Ask again while the session waits for its phone.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `web-sessions.host_refused`: The host of the session could not do it. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `web-sessions.off`: This installation runs no web sessions: set CENTRALITA_BRIDGES=on, or start hosts of sessions (docs/whatsapp-web.md).
             *
             *     `web-sessions.no_host`: No host runs this session at the moment. Look again in some seconds; its log says why when it stays so.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    closeSession: {
        parameters: {
            query?: {
                /** @description Which number of the line (`rt_…`). Default: its first one that has a session. */
                route_id?: string;
            };
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Logged out. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `accounts.not_found`: There is no such account in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `api.no_web_session`: This line has no WhatsApp Web session: its carrier needs none. Only lines that are a phone paired with their carrier have one.
             *
             *     `api.session_stays`: This carrier cannot log the phone out from here. On the phone: WhatsApp, Linked devices.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `web-sessions.host_refused`: The host of the session could not do it. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `web-sessions.off`: This installation runs no web sessions: set CENTRALITA_BRIDGES=on, or start hosts of sessions (docs/whatsapp-web.md).
             *
             *     `web-sessions.no_host`: No host runs this session at the moment. Look again in some seconds; its log says why when it stays so.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    moveSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["MoveSession"];
            };
        };
        responses: {
            /** @description The session. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `accounts.not_found`: There is no such account in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `api.no_web_session`: This line has no WhatsApp Web session: its carrier needs none. Only lines that are a phone paired with their carrier have one. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `web-sessions.no_target`: There is no other host that could take this session. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `web-sessions.host_refused`: The host of the session could not do it. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `web-sessions.off`: This installation runs no web sessions: set CENTRALITA_BRIDGES=on, or start hosts of sessions (docs/whatsapp-web.md).
             *
             *     `web-sessions.no_host`: No host runs this session at the moment. Look again in some seconds; its log says why when it stays so.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSessionQr: {
        parameters: {
            query?: {
                /** @description Which number of the line (`rt_…`). Default: its first one that has a session. */
                route_id?: string;
            };
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What to scan or to type. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionQr"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `accounts.not_found`: There is no such account in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `api.no_web_session`: This line has no WhatsApp Web session: its carrier needs none. Only lines that are a phone paired with their carrier have one. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    restartSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ChooseSession"];
            };
        };
        responses: {
            /** @description The session. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `accounts.not_found`: There is no such account in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `api.no_web_session`: This line has no WhatsApp Web session: its carrier needs none. Only lines that are a phone paired with their carrier have one. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `web-sessions.host_refused`: The host of the session could not do it. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `web-sessions.off`: This installation runs no web sessions: set CENTRALITA_BRIDGES=on, or start hosts of sessions (docs/whatsapp-web.md).
             *
             *     `web-sessions.no_host`: No host runs this session at the moment. Look again in some seconds; its log says why when it stays so.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSessionStatus: {
        parameters: {
            query?: {
                /** @description Which number of the line (`rt_…`). Default: its first one that has a session. */
                route_id?: string;
            };
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `accounts.not_found`: There is no such account in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `api.no_web_session`: This line has no WhatsApp Web session: its carrier needs none. Only lines that are a phone paired with their carrier have one. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stopSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ChooseSession"];
            };
        };
        responses: {
            /** @description The session. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `accounts.not_found`: There is no such account in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `api.no_web_session`: This line has no WhatsApp Web session: its carrier needs none. Only lines that are a phone paired with their carrier have one. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `web-sessions.host_refused`: The host of the session could not do it. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `web-sessions.off`: This installation runs no web sessions: set CENTRALITA_BRIDGES=on, or start hosts of sessions (docs/whatsapp-web.md).
             *
             *     `web-sessions.no_host`: No host runs this session at the moment. Look again in some seconds; its log says why when it stays so.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listApiKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Those in force first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        api_keys: components["schemas"]["ApiKey"][];
                    };
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Sitio web",
                 *       "role": "agent",
                 *       "scopes": [
                 *         "whatsapp:send_message"
                 *       ],
                 *       "allowed_ips": [
                 *         "203.0.113.0/24"
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @default null */
                    allowed_ips?: string[] | null;
                    /** @default [] */
                    business_ids?: string[];
                    /** @default null */
                    expires_at?: string | null;
                    name: string;
                    /** @default false */
                    platform?: boolean;
                    /** @enum {string} */
                    role: "administrator" | "supervisor" | "agent" | "developer" | "read_only";
                    /** @default null */
                    scopes?: ("whatsapp:read" | "whatsapp:send_message" | "whatsapp:send_bulk" | "whatsapp:verify" | "whatsapp:handle_conversations" | "whatsapp:assign_conversations" | "whatsapp:manage_contacts" | "whatsapp:erase_contacts" | "whatsapp:manage_bots" | "whatsapp:manage_subscriptions" | "whatsapp:publish_events" | "whatsapp:operate" | "whatsapp:admin" | "company:manage" | "company:manage_users" | "company:manage_api_keys" | "company:read_audit" | "platform:admin")[] | null;
                };
            };
        };
        responses: {
            /** @description The key. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeApiKey"];
                };
            };
            /**
             * @description `request.invalid`: The request does not have the form it should have. See "errors".
             *
             *     `companies.bad_network`: This is neither an address nor a block of them. Write 203.0.113.7 or 203.0.113.0/24.
             *
             *     `companies.past_expiry`: A key cannot end in the past. Choose a later time, or revoke it.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.key_not_found`: There is no such API key in this company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    allowed_ips?: string[] | null;
                    business_ids?: string[];
                    expires_at?: string | null;
                    name?: string;
                };
            };
        };
        responses: {
            /** @description The key. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            /**
             * @description `request.invalid`: The request does not have the form it should have. See "errors".
             *
             *     `companies.bad_network`: This is neither an address nor a block of them. Write 203.0.113.7 or 203.0.113.0/24.
             *
             *     `companies.past_expiry`: A key cannot end in the past. Choose a later time, or revoke it.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.key_not_found`: There is no such API key in this company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAudit: {
        parameters: {
            query?: {
                action?: string;
                actor_id?: string;
                cursor?: string;
                limit?: number;
                target_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            /**
             * @description `request.invalid`: The request does not have the form it should have. See "errors".
             *
             *     `companies.bad_cursor`: This cursor is not one of this list. Begin again without it.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listBots: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BotList"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createBot: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "bot_id": "550e8400-e29b-41d4-a716-446655440000",
                 *       "tenant_id": "empresa_abc",
                 *       "name": "Bot Ventas ABC",
                 *       "phone_number": "+5491234567890",
                 *       "provider_config": {
                 *         "primary": {
                 *           "type": "venom",
                 *           "bridge_url": "http://localhost:3013",
                 *           "session_name": "bot_ventas_abc",
                 *           "auto_reconnect": true
                 *         },
                 *         "fallback": [
                 *           {
                 *             "type": "wwebjs",
                 *             "bridge_url": "http://localhost:3014",
                 *             "session_id": "bot_ventas_abc_wwebjs"
                 *           },
                 *           {
                 *             "type": "baileys",
                 *             "bridge_url": "http://localhost:3012",
                 *             "session_id": "bot_ventas_abc_baileys"
                 *           }
                 *         ],
                 *         "fallback_threshold_errors": 3,
                 *         "fallback_cooldown_seconds": 300
                 *       },
                 *       "flows": {
                 *         "welcome": "flow_uuid_welcome",
                 *         "catalog": "flow_uuid_catalog",
                 *         "checkout": "flow_uuid_checkout",
                 *         "support": "flow_uuid_support"
                 *       },
                 *       "business_hours": {
                 *         "enabled": true,
                 *         "timezone": "America/Argentina/Buenos_Aires",
                 *         "schedule": {
                 *           "monday": {
                 *             "start": "09:00",
                 *             "end": "18:00"
                 *           },
                 *           "tuesday": {
                 *             "start": "09:00",
                 *             "end": "18:00"
                 *           },
                 *           "wednesday": {
                 *             "start": "09:00",
                 *             "end": "18:00"
                 *           },
                 *           "thursday": {
                 *             "start": "09:00",
                 *             "end": "18:00"
                 *           },
                 *           "friday": {
                 *             "start": "09:00",
                 *             "end": "18:00"
                 *           },
                 *           "saturday": {
                 *             "start": "10:00",
                 *             "end": "14:00"
                 *           },
                 *           "sunday": null
                 *         }
                 *       },
                 *       "analytics": {
                 *         "track_opens": true,
                 *         "track_clicks": true,
                 *         "track_conversions": true
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["BotConfig"];
            };
        };
        responses: {
            /** @description The bot. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bot"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `bots.name_taken`: Another bot of your company has this name. Choose another.
             *
             *     `accounts.sender_taken`: This number is connected on this app by another company. Remove that account first, or use another app.
             *
             *     `accounts.sender_elsewhere`: This number belongs to another line of your company. Remove it there first.
             *
             *     `accounts.route_busy`: Messages wait on this number. Pause it, so that the others of the line take them, or wait until they have left.
             *
             *     `bots.id_taken`: There is a bot with this bot_id already. Change it with PUT /api/bots/{id}.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `api.phone_number`: This is not a phone number. Give it with its country code, as digits (593987654321) or as E.164 (+593987654321). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.limit_accounts`: The company has as many accounts as it may have. Ask who runs this installation for more. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bot. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bot"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `bots.not_found`: There is no such bot in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeBot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "bot_id": "550e8400-e29b-41d4-a716-446655440000",
                 *       "tenant_id": "empresa_abc",
                 *       "name": "Bot Ventas ABC",
                 *       "phone_number": "+5491234567890",
                 *       "provider_config": {
                 *         "primary": {
                 *           "type": "venom",
                 *           "bridge_url": "http://localhost:3013",
                 *           "session_name": "bot_ventas_abc",
                 *           "auto_reconnect": true
                 *         },
                 *         "fallback": [
                 *           {
                 *             "type": "wwebjs",
                 *             "bridge_url": "http://localhost:3014",
                 *             "session_id": "bot_ventas_abc_wwebjs"
                 *           },
                 *           {
                 *             "type": "baileys",
                 *             "bridge_url": "http://localhost:3012",
                 *             "session_id": "bot_ventas_abc_baileys"
                 *           }
                 *         ],
                 *         "fallback_threshold_errors": 3,
                 *         "fallback_cooldown_seconds": 300
                 *       },
                 *       "flows": {
                 *         "welcome": "flow_uuid_welcome",
                 *         "catalog": "flow_uuid_catalog",
                 *         "checkout": "flow_uuid_checkout",
                 *         "support": "flow_uuid_support"
                 *       },
                 *       "business_hours": {
                 *         "enabled": true,
                 *         "timezone": "America/Argentina/Buenos_Aires",
                 *         "schedule": {
                 *           "monday": {
                 *             "start": "09:00",
                 *             "end": "18:00"
                 *           },
                 *           "tuesday": {
                 *             "start": "09:00",
                 *             "end": "18:00"
                 *           },
                 *           "wednesday": {
                 *             "start": "09:00",
                 *             "end": "18:00"
                 *           },
                 *           "thursday": {
                 *             "start": "09:00",
                 *             "end": "18:00"
                 *           },
                 *           "friday": {
                 *             "start": "09:00",
                 *             "end": "18:00"
                 *           },
                 *           "saturday": {
                 *             "start": "10:00",
                 *             "end": "14:00"
                 *           },
                 *           "sunday": null
                 *         }
                 *       },
                 *       "analytics": {
                 *         "track_opens": true,
                 *         "track_clicks": true,
                 *         "track_conversions": true
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["BotConfig"];
            };
        };
        responses: {
            /** @description The bot as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bot"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `bots.not_found`: There is no such bot in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `bots.name_taken`: Another bot of your company has this name. Choose another.
             *
             *     `accounts.sender_taken`: This number is connected on this app by another company. Remove that account first, or use another app.
             *
             *     `accounts.sender_elsewhere`: This number belongs to another line of your company. Remove it there first.
             *
             *     `accounts.route_busy`: Messages wait on this number. Pause it, so that the others of the line take them, or wait until they have left.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `api.phone_number`: This is not a phone number. Give it with its country code, as digits (593987654321) or as E.164 (+593987654321).
             *
             *     `bots.id_other`: The bot_id in the body is not that of the address. Leave it out.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.limit_accounts`: The company has as many accounts as it may have. Ask who runs this installation for more. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendAsBot: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Any text of up to 255 characters, new for each thing to be sent. The same request with the same key within 24 hours sends nothing again and answers what became of the first.
                 * @example pedido-1042-aviso
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "bot_id": "550e8400-e29b-41d4-a716-446655440000",
                 *       "to": "1234567890",
                 *       "message": "Hola!"
                 *     }
                 */
                "application/json": components["schemas"]["BotSend"];
            };
        };
        responses: {
            /** @description WhatsApp has taken it. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BotSent"];
                };
            };
            /** @description It waits to be sent. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BotSent"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `bots.not_found`: There is no such bot in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `bots.no_line`: This bot answers on no line. Give it one: its phone_number is that of a connected line.
             *
             *     `conversations.window_closed`: The 24-hour window of WhatsApp is closed: until the contact writes again, only an approved template can be sent.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `api.phone_number`: This is not a phone number. Give it with its country code, as digits (593987654321) or as E.164 (+593987654321).
             *
             *     `api.refused_by_carrier`: WhatsApp did not take this message.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listBusinesses: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        businesses: components["schemas"]["Business"][];
                    };
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createBusiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Sucursal centro",
                 *       "external_id": "business_789"
                 *     }
                 */
                "application/json": {
                    /** @default null */
                    external_id?: string | null;
                    name: string;
                };
            };
        };
        responses: {
            /** @description The business. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Business"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.business_taken`: There is such a business already. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeBusiness: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.business_not_found`: There is no such business in this company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.business_in_use`: People or API keys are held to this business; without it they would see all of them. Give them others first. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeBusiness: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    external_id?: string | null;
                    name?: string;
                };
            };
        };
        responses: {
            /** @description The business. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Business"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.business_not_found`: There is no such business in this company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.business_taken`: There is such a business already. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCarriers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Each with what it needs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CarrierList"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account_type: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "phone_number_id": "106540352242922",
                 *       "waba_id": "102290129340398",
                 *       "api_key": "EAAG…",
                 *       "webhook_secret": "8a1d…"
                 *     }
                 */
                "application/json": components["schemas"]["CheckCredentials"];
            };
        };
        responses: {
            /** @description What the carrier said. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CredentialsCheck"];
                };
            };
            /**
             * @description `request.invalid`: The request does not have the form it should have. See "errors".
             *
             *     `accounts.provider_unknown`: This provider is not available. Choose one that `centralita account add` lists.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company.
             *
             *     `api.address_not_allowed`: Only who runs the installation may say where a carrier’s API is.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `api.credentials_missing`: The carrier needs more than was given. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCompany: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its settings, limits and use. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CompanyView"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeCompany: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "timezone": "America/Guayaquil"
                 *     }
                 */
                "application/json": {
                    locale?: string;
                    name?: string;
                    settings?: {
                        [key: string]: unknown;
                    };
                    timezone?: string;
                };
            };
        };
        responses: {
            /** @description The company. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CompanyView"];
                };
            };
            /**
             * @description `request.invalid`: The request does not have the form it should have. See "errors".
             *
             *     `companies.bad_timezone`: This is no time zone. Write one such as America/Santiago.
             *
             *     `companies.bad_locale`: This is no language. Write one such as es, es-CL, pt-BR or en.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.settings_too_large`: The settings are too large. Keep them below 64 KiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getIam: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Null: ours decides. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        iam: components["schemas"]["IamService"] | null;
                    };
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setIam: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://iam.ejemplo.cl/check",
                 *       "cache_seconds": 30
                 *     }
                 */
                "application/json": {
                    /** @default 30 */
                    cache_seconds?: number;
                    headers?: {
                        [key: string]: string;
                    };
                    /** Format: uri */
                    url: string;
                };
            };
        };
        responses: {
            /** @description What is kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        iam: components["schemas"]["IamService"] | null;
                    };
                };
            };
            /**
             * @description `request.invalid`: The request does not have the form it should have. See "errors".
             *
             *     `companies.not_https`: This address must begin with https://, or be on the allowlist CALL_HTTP_ALLOW.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeIam: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testIam: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://iam.ejemplo.cl/check",
                 *       "question": {
                 *         "action": "whatsapp:read",
                 *         "company_id": "municipalidad",
                 *         "user_id": "ana"
                 *       }
                 *     }
                 */
                "application/json": {
                    headers?: {
                        [key: string]: string;
                    };
                    question: components["schemas"]["IamQuestion"];
                    /** Format: uri */
                    url: string;
                };
            };
        };
        responses: {
            /** @description What it said, or what stood in the way. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IamTest"];
                };
            };
            /**
             * @description `request.invalid`: The request does not have the form it should have. See "errors".
             *
             *     `companies.not_https`: This address must begin with https://, or be on the allowlist CALL_HTTP_ALLOW.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listContacts: {
        parameters: {
            query?: {
                /** @description Only with whom something was said since then. */
                active_from?: string;
                /** @description Only with whom nothing was said since then. */
                active_to?: string;
                cursor?: string;
                /** @description `name:value`: only who has this in this field. */
                field?: string;
                label_id?: string;
                limit?: number;
                /** @description The beginnings of words of a name or of a field, the beginning or end of a number, another address or a field as a whole. */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "contacts": [
                     *         {
                     *           "id": "ct_01kah0s0xbe7rtq1rq7mpv0a6e",
                     *           "name": "Ana Soto",
                     *           "named_by": "carrier",
                     *           "phone_number": "+56911110001",
                     *           "language": "es",
                     *           "fields": {
                     *             "rut": "12.345.678-5"
                     *           },
                     *           "addresses": [
                     *             {
                     *               "kind": "phone",
                     *               "value": "+56911110001",
                     *               "added_at": "2026-04-10T15:30:45.120Z"
                     *             }
                     *           ],
                     *           "labels": [
                     *             {
                     *               "id": "lbl_01kah0s0xbe7rtq1rq7mpv0a6e",
                     *               "name": "Reclamo",
                     *               "colour": "red"
                     *             }
                     *           ],
                     *           "stopped": {},
                     *           "last_active_at": "2026-04-11T09:00:00.000Z",
                     *           "created_at": "2026-04-10T15:30:45.120Z",
                     *           "updated_at": "2026-04-11T09:00:00.000Z",
                     *           "erased_at": null
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["ContactPage"];
                };
            };
            /**
             * @description `request.invalid`: The request does not have the form it should have. See "errors".
             *
             *     `contacts.bad_cursor`: This cursor is not one of ours. Start again from the first page.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `contacts.label_not_found`: There is no such label in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createContact: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Ana Soto",
                 *       "phone_number": "+56911110001",
                 *       "language": "es",
                 *       "fields": {
                 *         "rut": "12.345.678-5"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["CreateContact"];
            };
        };
        responses: {
            /** @description The contact. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "ct_01kah0s0xbe7rtq1rq7mpv0a6e",
                     *       "name": "Ana Soto",
                     *       "named_by": "carrier",
                     *       "phone_number": "+56911110001",
                     *       "language": "es",
                     *       "fields": {
                     *         "rut": "12.345.678-5"
                     *       },
                     *       "addresses": [
                     *         {
                     *           "kind": "phone",
                     *           "value": "+56911110001",
                     *           "added_at": "2026-04-10T15:30:45.120Z"
                     *         }
                     *       ],
                     *       "labels": [
                     *         {
                     *           "id": "lbl_01kah0s0xbe7rtq1rq7mpv0a6e",
                     *           "name": "Reclamo",
                     *           "colour": "red"
                     *         }
                     *       ],
                     *       "stopped": {},
                     *       "last_active_at": "2026-04-11T09:00:00.000Z",
                     *       "created_at": "2026-04-10T15:30:45.120Z",
                     *       "updated_at": "2026-04-11T09:00:00.000Z",
                     *       "erased_at": null
                     *     }
                     */
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `contacts.address_taken`: This address belongs to another contact, told in contact_id. If they are one person, merge the two. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `contacts.bad_address`: This is not an address of that kind. A phone is given with its country code, as digits (593987654321) or as E.164 (+593987654321).
             *
             *     `contacts.no_address`: A contact needs at least one address. Give phone_number or addresses.
             *
             *     `contacts.too_many_fields`: A contact has at most 100 fields. Take some away with null.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The contact. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "ct_01kah0s0xbe7rtq1rq7mpv0a6e",
                     *       "name": "Ana Soto",
                     *       "named_by": "carrier",
                     *       "phone_number": "+56911110001",
                     *       "language": "es",
                     *       "fields": {
                     *         "rut": "12.345.678-5"
                     *       },
                     *       "addresses": [
                     *         {
                     *           "kind": "phone",
                     *           "value": "+56911110001",
                     *           "added_at": "2026-04-10T15:30:45.120Z"
                     *         }
                     *       ],
                     *       "labels": [
                     *         {
                     *           "id": "lbl_01kah0s0xbe7rtq1rq7mpv0a6e",
                     *           "name": "Reclamo",
                     *           "colour": "red"
                     *         }
                     *       ],
                     *       "stopped": {},
                     *       "last_active_at": "2026-04-11T09:00:00.000Z",
                     *       "created_at": "2026-04-10T15:30:45.120Z",
                     *       "updated_at": "2026-04-11T09:00:00.000Z",
                     *       "erased_at": null
                     *     }
                     */
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `contacts.not_found`: There is no such contact in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Ana Soto Díaz",
                 *       "fields": {
                 *         "rut": "12.345.678-5",
                 *         "plan": null
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ChangeContact"];
            };
        };
        responses: {
            /** @description The contact. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "ct_01kah0s0xbe7rtq1rq7mpv0a6e",
                     *       "name": "Ana Soto",
                     *       "named_by": "carrier",
                     *       "phone_number": "+56911110001",
                     *       "language": "es",
                     *       "fields": {
                     *         "rut": "12.345.678-5"
                     *       },
                     *       "addresses": [
                     *         {
                     *           "kind": "phone",
                     *           "value": "+56911110001",
                     *           "added_at": "2026-04-10T15:30:45.120Z"
                     *         }
                     *       ],
                     *       "labels": [
                     *         {
                     *           "id": "lbl_01kah0s0xbe7rtq1rq7mpv0a6e",
                     *           "name": "Reclamo",
                     *           "colour": "red"
                     *         }
                     *       ],
                     *       "stopped": {},
                     *       "last_active_at": "2026-04-11T09:00:00.000Z",
                     *       "created_at": "2026-04-10T15:30:45.120Z",
                     *       "updated_at": "2026-04-11T09:00:00.000Z",
                     *       "erased_at": null
                     *     }
                     */
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `contacts.not_found`: There is no such contact in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `contacts.erased`: What was known about this contact was erased; nothing can be added to it. Who writes again is a new contact. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `contacts.too_many_fields`: A contact has at most 100 fields. Take some away with null. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAddresses: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactAddressPage"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `contacts.not_found`: There is no such contact in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addAddress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "phone",
                 *       "value": "+56911110002"
                 *     }
                 */
                "application/json": components["schemas"]["AddressBody"];
            };
        };
        responses: {
            /** @description The contact. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "ct_01kah0s0xbe7rtq1rq7mpv0a6e",
                     *       "name": "Ana Soto",
                     *       "named_by": "carrier",
                     *       "phone_number": "+56911110001",
                     *       "language": "es",
                     *       "fields": {
                     *         "rut": "12.345.678-5"
                     *       },
                     *       "addresses": [
                     *         {
                     *           "kind": "phone",
                     *           "value": "+56911110001",
                     *           "added_at": "2026-04-10T15:30:45.120Z"
                     *         }
                     *       ],
                     *       "labels": [
                     *         {
                     *           "id": "lbl_01kah0s0xbe7rtq1rq7mpv0a6e",
                     *           "name": "Reclamo",
                     *           "colour": "red"
                     *         }
                     *       ],
                     *       "stopped": {},
                     *       "last_active_at": "2026-04-11T09:00:00.000Z",
                     *       "created_at": "2026-04-10T15:30:45.120Z",
                     *       "updated_at": "2026-04-11T09:00:00.000Z",
                     *       "erased_at": null
                     *     }
                     */
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `contacts.not_found`: There is no such contact in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `contacts.erased`: What was known about this contact was erased; nothing can be added to it. Who writes again is a new contact.
             *
             *     `contacts.address_taken`: This address belongs to another contact, told in contact_id. If they are one person, merge the two.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `contacts.bad_address`: This is not an address of that kind. A phone is given with its country code, as digits (593987654321) or as E.164 (+593987654321). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeAddress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
                kind: string;
                value: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `contacts.not_found`: There is no such contact in your company.
             *
             *     `contacts.address_not_found`: The contact has no such address.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `contacts.last_address`: This is the only address of the contact: without it nobody could be reached. Add another one first, or erase the contact. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    eraseContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "confirm": "ct_01kah0s0xbe7rtq1rq7mpv0a6e"
                 *     }
                 */
                "application/json": components["schemas"]["EraseContact"];
            };
        };
        responses: {
            /** @description What was erased. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasedContact"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company.
             *
             *     `companies.whole_company`: You are held to some businesses of the company, and this concerns all of it. Ask an administrator of the whole company.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `contacts.not_found`: There is no such contact in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `contacts.erased`: What was known about this contact was erased; nothing can be added to it. Who writes again is a new contact.
             *
             *     `contacts.busy`: A message to this contact is just being sent. Try again in a moment.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `contacts.not_confirmed`: To erase a contact, give its id as confirm. Nothing of it can be undone. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company.
             *
             *     `companies.whole_company`: You are held to some businesses of the company, and this concerns all of it. Ask an administrator of the whole company.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `contacts.not_found`: There is no such contact in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    labelContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
                label: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The contact. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "ct_01kah0s0xbe7rtq1rq7mpv0a6e",
                     *       "name": "Ana Soto",
                     *       "named_by": "carrier",
                     *       "phone_number": "+56911110001",
                     *       "language": "es",
                     *       "fields": {
                     *         "rut": "12.345.678-5"
                     *       },
                     *       "addresses": [
                     *         {
                     *           "kind": "phone",
                     *           "value": "+56911110001",
                     *           "added_at": "2026-04-10T15:30:45.120Z"
                     *         }
                     *       ],
                     *       "labels": [
                     *         {
                     *           "id": "lbl_01kah0s0xbe7rtq1rq7mpv0a6e",
                     *           "name": "Reclamo",
                     *           "colour": "red"
                     *         }
                     *       ],
                     *       "stopped": {},
                     *       "last_active_at": "2026-04-11T09:00:00.000Z",
                     *       "created_at": "2026-04-10T15:30:45.120Z",
                     *       "updated_at": "2026-04-11T09:00:00.000Z",
                     *       "erased_at": null
                     *     }
                     */
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `contacts.not_found`: There is no such contact in your company.
             *
             *     `contacts.label_not_found`: There is no such label in your company.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `contacts.erased`: What was known about this contact was erased; nothing can be added to it. Who writes again is a new contact. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unlabelContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
                label: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The contact. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "ct_01kah0s0xbe7rtq1rq7mpv0a6e",
                     *       "name": "Ana Soto",
                     *       "named_by": "carrier",
                     *       "phone_number": "+56911110001",
                     *       "language": "es",
                     *       "fields": {
                     *         "rut": "12.345.678-5"
                     *       },
                     *       "addresses": [
                     *         {
                     *           "kind": "phone",
                     *           "value": "+56911110001",
                     *           "added_at": "2026-04-10T15:30:45.120Z"
                     *         }
                     *       ],
                     *       "labels": [
                     *         {
                     *           "id": "lbl_01kah0s0xbe7rtq1rq7mpv0a6e",
                     *           "name": "Reclamo",
                     *           "colour": "red"
                     *         }
                     *       ],
                     *       "stopped": {},
                     *       "last_active_at": "2026-04-11T09:00:00.000Z",
                     *       "created_at": "2026-04-10T15:30:45.120Z",
                     *       "updated_at": "2026-04-11T09:00:00.000Z",
                     *       "erased_at": null
                     *     }
                     */
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `contacts.not_found`: There is no such contact in your company.
             *
             *     `contacts.label_not_found`: There is no such label in your company.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mergeContacts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "contact_id": "ct_01kah0s1bbe7rtq1rq7mpv0a6e"
                 *     }
                 */
                "application/json": components["schemas"]["MergeContacts"];
            };
        };
        responses: {
            /** @description What they are now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "ct_01kah0s0xbe7rtq1rq7mpv0a6e",
                     *       "name": "Ana Soto",
                     *       "named_by": "carrier",
                     *       "phone_number": "+56911110001",
                     *       "language": "es",
                     *       "fields": {
                     *         "rut": "12.345.678-5"
                     *       },
                     *       "addresses": [
                     *         {
                     *           "kind": "phone",
                     *           "value": "+56911110001",
                     *           "added_at": "2026-04-10T15:30:45.120Z"
                     *         }
                     *       ],
                     *       "labels": [
                     *         {
                     *           "id": "lbl_01kah0s0xbe7rtq1rq7mpv0a6e",
                     *           "name": "Reclamo",
                     *           "colour": "red"
                     *         }
                     *       ],
                     *       "stopped": {},
                     *       "last_active_at": "2026-04-11T09:00:00.000Z",
                     *       "created_at": "2026-04-10T15:30:45.120Z",
                     *       "updated_at": "2026-04-11T09:00:00.000Z",
                     *       "erased_at": null
                     *     }
                     */
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company.
             *
             *     `companies.whole_company`: You are held to some businesses of the company, and this concerns all of it. Ask an administrator of the whole company.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `contacts.not_found`: There is no such contact in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `contacts.same`: They are one contact already.
             *
             *     `contacts.erased`: What was known about this contact was erased; nothing can be added to it. Who writes again is a new contact.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportContacts: {
        parameters: {
            query?: {
                /** @description Only with whom something was said since then. */
                active_from?: string;
                /** @description Only with whom nothing was said since then. */
                active_to?: string;
                /** @description `name:value`: only who has this in this field. */
                field?: string;
                label_id?: string;
                /** @description The beginnings of words of a name or of a field, the beginning or end of a number, another address or a field as a whole. */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": Blob;
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `contacts.label_not_found`: There is no such label in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importContacts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example phone_number,name,labels,field:rut
                 *     +56911110009,Eva Díaz,Reclamo,9.876.543-2
                 */
                "text/csv": Blob;
            };
        };
        responses: {
            /** @description What became of the lines. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created": 1,
                     *       "changed": 0,
                     *       "errors": []
                     *     }
                     */
                    "application/json": components["schemas"]["ImportedContacts"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `contacts.bad_file`: This file cannot be imported. It is CSV in UTF-8 with a header line that names phone_number. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listConversations: {
        parameters: {
            query?: {
                account_id?: string;
                business_id?: string;
                contact_id?: string;
                cursor?: string;
                filter?: "all" | "unread" | "mine" | "unassigned" | "bot" | "troubled";
                /** @description A label, or up to 10 with commas between: conversations that wear them all. */
                label_id?: string;
                limit?: number;
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationPage"];
                };
            };
            /**
             * @description `request.invalid`: The request does not have the form it should have. See "errors".
             *
             *     `inbox.bad_cursor`: This cursor is not one of ours. Start again from the first page.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `accounts.not_found`: There is no such account in your company.
             *
             *     `contacts.not_found`: There is no such contact in your company.
             *
             *     `contacts.label_not_found`: There is no such label in your company.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The conversation. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conversations.not_found`: There is no such conversation in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    closeConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The conversation as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conversations.not_found`: There is no such conversation in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    labelConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
                label: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The conversation. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `conversations.not_found`: There is no such conversation in your company.
             *
             *     `contacts.label_not_found`: There is no such label in your company.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unlabelConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
                label: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The conversation. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `conversations.not_found`: There is no such conversation in your company.
             *
             *     `contacts.label_not_found`: There is no such label in your company.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMessages: {
        parameters: {
            query?: {
                /** @description A message: only what is newer. `next_cursor` of a page. */
                after?: string;
                /** @description A message: it, and half a page of what was said before and after it. */
                around?: string;
                /** @description A message: only what is older. `previous_cursor` of a page. */
                before?: string;
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessagePage"];
                };
            };
            /**
             * @description `request.invalid`: The request does not have the form it should have. See "errors".
             *
             *     `inbox.bad_cursor`: This cursor is not one of ours. Start again from the first page.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `conversations.not_found`: There is no such conversation in your company.
             *
             *     `conversations.message_not_found`: There is no such message in your company.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reply: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "content": {
                 *         "type": "text",
                 *         "text": "Buenos días, ¿en qué le ayudo?"
                 *       },
                 *       "client_id": "e1b7c0de-4a52-4d0e"
                 *     }
                 */
                "application/json": components["schemas"]["SendBody"];
            };
        };
        responses: {
            /** @description The message. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `conversations.not_found`: There is no such conversation in your company.
             *
             *     `inbox.file_not_found`: There is no such file in your company. Attach it again.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `conversations.window_closed`: The 24-hour window of WhatsApp is closed: until the contact writes again, only an approved template can be sent.
             *
             *     `inbox.file_not_ready`: This file cannot be sent yet.
             *
             *     `inbox.not_at_carrier`: That message has not reached WhatsApp, so nothing can refer to it.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conversations.content_refused`: WhatsApp would refuse this message. Change it as told and send it again. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listNotes: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "notes": [
                     *         {
                     *           "id": "note_01kah0s0xbe7rtq1rq7mpv0a6e",
                     *           "conversation_id": "conv_01kah0s0xbe7rtq1rq7mpv0a6e",
                     *           "author": {
                     *             "kind": "user",
                     *             "user_id": "usr_01kah0s0xbe7rtq1rq7mpv0a6e",
                     *             "name": "Lea Rojas"
                     *           },
                     *           "text": "Llamar el lunes.",
                     *           "created_at": "2026-04-10T15:30:45.120Z",
                     *           "edited_at": null
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["NotePage"];
                };
            };
            /**
             * @description `request.invalid`: The request does not have the form it should have. See "errors".
             *
             *     `inbox.bad_cursor`: This cursor is not one of ours. Start again from the first page.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conversations.not_found`: There is no such conversation in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addNote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "text": "Llamar el lunes."
                 *     }
                 */
                "application/json": components["schemas"]["NoteBody"];
            };
        };
        responses: {
            /** @description The note. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "note_01kah0s0xbe7rtq1rq7mpv0a6e",
                     *       "conversation_id": "conv_01kah0s0xbe7rtq1rq7mpv0a6e",
                     *       "author": {
                     *         "kind": "user",
                     *         "user_id": "usr_01kah0s0xbe7rtq1rq7mpv0a6e",
                     *         "name": "Lea Rojas"
                     *       },
                     *       "text": "Llamar el lunes.",
                     *       "created_at": "2026-04-10T15:30:45.120Z",
                     *       "edited_at": null
                     *     }
                     */
                    "application/json": components["schemas"]["Note"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conversations.not_found`: There is no such conversation in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeNote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
                note: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company.
             *
             *     `conversations.not_your_note`: Only who wrote a note may change or remove it.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `conversations.not_found`: There is no such conversation in your company.
             *
             *     `conversations.note_not_found`: There is no such note on this conversation.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    editNote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
                note: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "text": "Llamar el martes."
                 *     }
                 */
                "application/json": components["schemas"]["NoteBody"];
            };
        };
        responses: {
            /** @description The note. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "note_01kah0s0xbe7rtq1rq7mpv0a6e",
                     *       "conversation_id": "conv_01kah0s0xbe7rtq1rq7mpv0a6e",
                     *       "author": {
                     *         "kind": "user",
                     *         "user_id": "usr_01kah0s0xbe7rtq1rq7mpv0a6e",
                     *         "name": "Lea Rojas"
                     *       },
                     *       "text": "Llamar el lunes.",
                     *       "created_at": "2026-04-10T15:30:45.120Z",
                     *       "edited_at": null
                     *     }
                     */
                    "application/json": components["schemas"]["Note"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company.
             *
             *     `conversations.not_your_note`: Only who wrote a note may change or remove it.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `conversations.not_found`: There is no such conversation in your company.
             *
             *     `conversations.note_not_found`: There is no such note on this conversation.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "up_to": "msg_01kah0s0xbe7rtq1rq7mpv0a6e"
                 *     }
                 */
                "application/json": components["schemas"]["ReadBody"];
            };
        };
        responses: {
            /** @description The conversation as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `conversations.not_found`: There is no such conversation in your company.
             *
             *     `conversations.message_not_found`: There is no such message in your company.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    releaseConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The conversation as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conversations.not_found`: There is no such conversation in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `inbox.held_by_other`: Another person has this conversation now. Take it first. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reopenConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The conversation as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conversations.not_found`: There is no such conversation in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    takeConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The conversation as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company.
             *
             *     `companies.no_person`: An API key is not a person: this is for people who signed in with e-mail and password.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conversations.not_found`: There is no such conversation in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showTyping: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether the carrier took it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "shown": true
                     *     }
                     */
                    "application/json": components["schemas"]["TypingShown"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conversations.not_found`: There is no such conversation in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `inbox.no_typing`: Nobody can be shown that somebody is writing here. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    publishEvent: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Any text of up to 255 characters, new for each thing to be sent. The same request with the same key within 24 hours sends nothing again and answers what became of the first.
                 * @example pedido-1042-aviso
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "event_type": "cv.received",
                 *       "data": {
                 *         "whatsappId": "56961234567",
                 *         "attachment": "med_01kab3w0c4e2n9r6h8m5t7v1qx",
                 *         "timestamp": "2026-11-21T09:00:00.000Z"
                 *       },
                 *       "order_by": "56961234567"
                 *     }
                 */
                "application/json": components["schemas"]["PublishEvent"];
            };
        };
        responses: {
            /** @description It is told from now on. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "evt_01kab3w0c4e2n9r6h8m5t7v1qx",
                     *       "event_type": "cv.received",
                     *       "timestamp": "2026-11-21T09:00:00.000Z",
                     *       "subscriptions": 1
                     *     }
                     */
                    "application/json": components["schemas"]["PublishedEvent"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `conversations.not_found`: There is no such conversation in your company.
             *
             *     `accounts.not_found`: There is no such account in your company.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `api.key_reused`: This Idempotency-Key was used for another request. Use a new key for each thing to be sent. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    eraseEvents: {
        parameters: {
            query?: {
                /** @description Only what is older. Default: now. */
                before?: string;
                /** @description Also what some subscription was not told yet; it never will be. */
                waiting?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many are gone. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "events": 1042,
                     *       "log_entries": 2100
                     *     }
                     */
                    "application/json": components["schemas"]["ErasedEvents"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company.
             *
             *     `companies.whole_company`: You are held to some businesses of the company, and this concerns all of it. Ask an administrator of the whole company.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkPermission: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "action": "whatsapp:send_message",
                 *       "account_id": "acc_01kah0rz2pe7rtq1rq7mpv0a6e",
                 *       "company_id": "co_01kah0rz2pe7rtq1rq7mpv0a6e",
                 *       "user_id": "usr_01kah0s0xbe7rtq1rq7mpv0a6e"
                 *     }
                 */
                "application/json": components["schemas"]["IamQuestion"];
            };
        };
        responses: {
            /** @description Whether, and what is known about them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IamAnswer"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             *
             *     `companies.invalid_tenant`: Invalid tenant.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.iam_away`: The company’s own IAM does not answer, and without its answer nobody gets in. Try again in a moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listLabels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "labels": [
                     *         {
                     *           "id": "lbl_01kah0s0xbe7rtq1rq7mpv0a6e",
                     *           "name": "Reclamo",
                     *           "colour": "red"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["LabelPage"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createLabel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Reclamo",
                 *       "colour": "red"
                 *     }
                 */
                "application/json": components["schemas"]["LabelBody"];
            };
        };
        responses: {
            /** @description The label. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "lbl_01kah0s0xbe7rtq1rq7mpv0a6e",
                     *       "name": "Reclamo",
                     *       "colour": "red"
                     *     }
                     */
                    "application/json": components["schemas"]["Label"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `contacts.label_taken`: There is a label of this name already.
             *
             *     `contacts.too_many_labels`: A company has at most 200 labels. Remove one that nobody needs.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeLabel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `contacts.label_not_found`: There is no such label in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeLabel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Reclamos"
                 *     }
                 */
                "application/json": components["schemas"]["LabelPatch"];
            };
        };
        responses: {
            /** @description The label. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "lbl_01kah0s0xbe7rtq1rq7mpv0a6e",
                     *       "name": "Reclamos",
                     *       "colour": "red"
                     *     }
                     */
                    "application/json": components["schemas"]["Label"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `contacts.label_not_found`: There is no such label in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `contacts.label_taken`: There is a label of this name already. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    lookAtLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description For whom it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkView"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.link_gone`: This link was used or has expired. Ask an administrator for a new one. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    useLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
                    token: string;
                };
            };
        };
        responses: {
            /** @description Signed in. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        company: {
                            id: string;
                            name: string;
                            timezone: string;
                        };
                        csrf: string;
                        permissions: ("whatsapp:read" | "whatsapp:send_message" | "whatsapp:send_bulk" | "whatsapp:verify" | "whatsapp:handle_conversations" | "whatsapp:assign_conversations" | "whatsapp:manage_contacts" | "whatsapp:erase_contacts" | "whatsapp:manage_bots" | "whatsapp:manage_subscriptions" | "whatsapp:publish_events" | "whatsapp:operate" | "whatsapp:admin" | "company:manage" | "company:manage_users" | "company:manage_api_keys" | "company:read_audit" | "platform:admin")[];
                        user: {
                            email: string;
                            id: string;
                            name: string;
                            /** @enum {string} */
                            role: "administrator" | "supervisor" | "agent" | "developer" | "read_only";
                        };
                    };
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.link_gone`: This link was used or has expired. Ask an administrator for a new one. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "lea@ejemplo.cl",
                 *       "password": "una clave larga"
                 *     }
                 */
                "application/json": {
                    /** Format: email */
                    email: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Who is signed in. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        company: {
                            id: string;
                            name: string;
                            timezone: string;
                        };
                        csrf: string;
                        permissions: ("whatsapp:read" | "whatsapp:send_message" | "whatsapp:send_bulk" | "whatsapp:verify" | "whatsapp:handle_conversations" | "whatsapp:assign_conversations" | "whatsapp:manage_contacts" | "whatsapp:erase_contacts" | "whatsapp:manage_bots" | "whatsapp:manage_subscriptions" | "whatsapp:publish_events" | "whatsapp:operate" | "whatsapp:admin" | "company:manage" | "company:manage_users" | "company:manage_api_keys" | "company:read_audit" | "platform:admin")[];
                        user: {
                            email: string;
                            id: string;
                            name: string;
                            /** @enum {string} */
                            role: "administrator" | "supervisor" | "agent" | "developer" | "read_only";
                        };
                    };
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.wrong_password`: The e-mail or the password is wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.suspended`: This company is suspended. Ask who runs this installation. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.too_many_tries`: Too many wrong passwords. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `companies.csrf`: The x-csrf-token header is missing or old. Reload the page and try again. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The person, the company, what they may do. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        company: {
                            id: string;
                            name: string;
                            timezone: string;
                        };
                        csrf: string;
                        permissions: ("whatsapp:read" | "whatsapp:send_message" | "whatsapp:send_bulk" | "whatsapp:verify" | "whatsapp:handle_conversations" | "whatsapp:assign_conversations" | "whatsapp:manage_contacts" | "whatsapp:erase_contacts" | "whatsapp:manage_bots" | "whatsapp:manage_subscriptions" | "whatsapp:publish_events" | "whatsapp:operate" | "whatsapp:admin" | "company:manage" | "company:manage_users" | "company:manage_api_keys" | "company:read_audit" | "platform:admin")[];
                        user: {
                            email: string;
                            id: string;
                            name: string;
                            /** @enum {string} */
                            role: "administrator" | "supervisor" | "agent" | "developer" | "read_only";
                        };
                    };
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.no_person`: An API key is not a person: this is for people who signed in with e-mail and password. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    current: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             *
             *     `companies.wrong_password`: The e-mail or the password is wrong.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.no_person`: An API key is not a person: this is for people who signed in with e-mail and password. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    uploadFile: {
        parameters: {
            query?: {
                /** @description What the file is called. */
                filename?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "*/*": Blob;
            };
        };
        responses: {
            /** @description It is kept. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "med_01kah0s0xbe7rtq1rq7mpv0a6e",
                     *       "mime_type": "application/pdf",
                     *       "size": 52114,
                     *       "filename": "oferta.pdf"
                     *     }
                     */
                    "application/json": components["schemas"]["UploadedFile"];
                };
            };
            /**
             * @description `request.invalid`: The request does not have the form it should have. See "errors".
             *
             *     `media.empty`: The file is empty. Choose another one.
             *
             *     `media.cut_off`: The upload ended before the file did. Send it again.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `media.too_large`: The file is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    downloadFile: {
        parameters: {
            query?: {
                /** @description `1`: to be saved, not shown. */
                download?: string;
            };
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": Blob;
                };
            };
            /** @description The part that was asked for. */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": Blob;
                };
            };
            /** @description You have it already. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `media.not_found`: There is no such file in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `media.pending`: This file is still being fetched from WhatsApp. Try again in a moment. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `media.failed`: This file could not be fetched from WhatsApp. Ask for it to be sent again.
             *
             *     `media.lost`: This file is not in the store any more. If a backup was restored, restore its media folder too.
             */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `media.range`: The file does not have this part. */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchMessages: {
        parameters: {
            query: {
                account_id?: string;
                business_id?: string;
                conversation_id?: string;
                cursor?: string;
                direction?: "in" | "out";
                from?: string;
                limit?: number;
                /** @description Words of the message; the last may be unfinished. */
                q: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageSearchPage"];
                };
            };
            /**
             * @description `request.invalid`: The request does not have the form it should have. See "errors".
             *
             *     `api.bad_cursor`: This cursor is not one of ours. Start again from the first page.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendMessage: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Any text of up to 255 characters, new for each thing to be sent. The same request with the same key within 24 hours sends nothing again and answers what became of the first.
                 * @example pedido-1042-aviso
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description `respond-async`: answer 202 at once instead of waiting up to 5 seconds for WhatsApp.
                 * @example respond-async
                 */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "phone_number": "+593987654321",
                 *       "type": "text",
                 *       "content": "Hola, este es un mensaje de prueba",
                 *       "metadata": {
                 *         "campaign_id": "onboarding-2025"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SendMessage"];
            };
        };
        responses: {
            /** @description WhatsApp has taken it. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "msg_01kah0s0xbe7rtq1rq7mpv0a6e",
                     *       "whatsapp_message_id": "wamid.HBgLNTkzOTg3NjU0MzIxFQIAERgS",
                     *       "status": "sent",
                     *       "sent_at": "2026-04-10T15:30:45.120Z",
                     *       "account_id": "acc_01kah0rz2pe7rtq1rq7mpv0a6e",
                     *       "phone_number": "+593987654321",
                     *       "matched_phone_number": null,
                     *       "conversation_id": "conv_01kah0rzzve7rtq1rq7mpv0a6e",
                     *       "metadata": {
                     *         "campaign_id": "onboarding-2025"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SentMessage"];
                };
            };
            /** @description It waits to be sent. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "msg_01kah0s0xbe7rtq1rq7mpv0a6e",
                     *       "whatsapp_message_id": null,
                     *       "status": "queued",
                     *       "sent_at": null,
                     *       "account_id": "acc_01kah0rz2pe7rtq1rq7mpv0a6e",
                     *       "phone_number": "+593987654321",
                     *       "matched_phone_number": null,
                     *       "conversation_id": "conv_01kah0rzzve7rtq1rq7mpv0a6e",
                     *       "metadata": {
                     *         "campaign_id": "onboarding-2025"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SentMessage"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `accounts.not_found`: There is no such account in your company.
             *
             *     `templates.not_found`: There is no such template. GET /api/templates lists those of your lines; a new one is known here within a minute.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `api.account_disabled`: This line is disabled. Enable it first (PUT /api/accounts/{id} with status active).
             *
             *     `conversations.window_closed`: The 24-hour window of WhatsApp is closed: until the contact writes again, only an approved template can be sent.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `api.phone_number`: This is not a phone number. Give it with its country code, as digits (593987654321) or as E.164 (+593987654321).
             *
             *     `api.account_needed`: Your company has several lines. Say which one with account_id; GET /api/accounts lists them.
             *
             *     `api.refused_by_carrier`: WhatsApp did not take this message.
             *
             *     `api.key_reused`: This Idempotency-Key was used for another request. Use a new key for each thing to be sent.
             *
             *     `conversations.content_refused`: WhatsApp would refuse this message. Change it as told and send it again.
             *
             *     `templates.language`: The template is not there in this language. Say which one with language.
             *
             *     `templates.not_approved`: WhatsApp has not approved this template, or holds it back: it cannot be sent now.
             *
             *     `templates.variables`: The variables do not fit the template.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The message, with where it stands. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conversations.message_not_found`: There is no such message in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resendMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The message made when this was asked before. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description The new message. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conversations.message_not_found`: There is no such message in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `conversations.cannot_resend`: Only messages that failed, or whose outcome is unknown, can be sent again.
             *
             *     `conversations.window_closed`: The 24-hour window of WhatsApp is closed: until the contact writes again, only an approved template can be sent.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMessageStatuses: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Our tries and the carrier’s words, by their times. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statuses: components["schemas"]["StatusEntry"][];
                    };
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conversations.message_not_found`: There is no such message in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendMessages: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Any text of up to 255 characters, new for each thing to be sent. The same request with the same key within 24 hours sends nothing again and answers what became of the first.
                 * @example pedido-1042-aviso
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "messages": [
                 *         {
                 *           "phone_number": "+593987654321",
                 *           "template_id": "recordatorio",
                 *           "variables": {
                 *             "name": "Juan"
                 *           }
                 *         },
                 *         {
                 *           "phone_number": "+56961234567",
                 *           "content": "Su trámite está listo"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["BulkMessages"];
            };
        };
        responses: {
            /** @description What became of each. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkAnswer"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `api.key_reused`: This Idempotency-Key was used for another request. Use a new key for each thing to be sent. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeadLetters: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        dead_letters: {
                            attempts: number;
                            conversation_id: string | null;
                            created_at: string;
                            detail: string | null;
                            id: string;
                            kind: string;
                            message_id: string | null;
                            reason: string;
                            replayed_at: string | null;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /**
             * @description `request.invalid`: The request does not have the form it should have. See "errors".
             *
             *     `operations.bad_cursor`: This cursor is not one of ours. Start again from the first page.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description `false`: there was nothing to do any more. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replayed: boolean;
                    };
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `delivery.not_found`: There is no such dead letter in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `delivery.not_safe`: Sending this again from here could make it arrive twice.
             *
             *     `operations.held`: A person has this conversation. It goes back to the bot when they release it.
             *
             *     `operations.gone`: The conversation is closed, or not there any more. The bot begins anew when the contact writes.
             *
             *     `operations.no_bot`: No bot answers on this account now. Give it one first.
             *
             *     `operations.kind`: This kind of work cannot be tried again from here.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listFailedWebhooks: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        failed_webhooks: {
                            created_at: string;
                            error_message: string;
                            error_stack: string | null;
                            id: string;
                            message_id: string | null;
                            payload: unknown;
                            replayed_at: string | null;
                            request_id: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /**
             * @description `request.invalid`: The request does not have the form it should have. See "errors".
             *
             *     `operations.bad_cursor`: This cursor is not one of ours. Start again from the first page.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayFailedWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description `false`: there was nothing to do any more. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replayed: boolean;
                    };
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `intake.not_found`: There is no such entry among the webhooks of your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUnrouted: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        next_cursor: string | null;
                        unrouted: {
                            app: string;
                            created_at: string;
                            id: string;
                            kind: string;
                            line: string;
                            payload: unknown;
                            summary: string;
                        }[];
                    };
                };
            };
            /**
             * @description `request.invalid`: The request does not have the form it should have. See "errors".
             *
             *     `operations.bad_cursor`: This cursor is not one of ours. Start again from the first page.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayUnrouted: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description `false`: there was nothing to do any more. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replayed: boolean;
                    };
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `intake.not_found`: There is no such entry among the webhooks of your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPlatformAudit: {
        parameters: {
            query?: {
                action?: string;
                actor_id?: string;
                cursor?: string;
                limit?: number;
                target_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            /**
             * @description `request.invalid`: The request does not have the form it should have. See "errors".
             *
             *     `companies.bad_cursor`: This cursor is not one of this list. Begin again without it.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCompanies: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        companies: components["schemas"]["PlatformCompany"][];
                    };
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createCompany: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "slug": "municipalidad",
                 *       "name": "Municipalidad",
                 *       "administrator": {
                 *         "email": "ana@municipalidad.cl",
                 *         "name": "Ana Soto"
                 *       }
                 *     }
                 */
                "application/json": {
                    /** @default null */
                    administrator?: {
                        /** Format: email */
                        email: string;
                        name: string;
                    } | null;
                    /** @default {} */
                    limits?: components["schemas"]["LimitsInput"];
                    /** @default es */
                    locale?: string;
                    name: string;
                    slug: string;
                    /** @default America/Santiago */
                    timezone?: string;
                };
            };
        };
        responses: {
            /** @description The company, and the link that lets its administrator in. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedCompany"];
                };
            };
            /**
             * @description `request.invalid`: The request does not have the form it should have. See "errors".
             *
             *     `companies.bad_timezone`: This is no time zone. Write one such as America/Santiago.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.slug_taken`: A company with this short name exists already. Choose another.
             *
             *     `companies.email_taken`: A user with this e-mail exists already.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changePlatformCompany: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "limits": {
                 *         "messages_per_day": 10000
                 *       }
                 *     }
                 */
                "application/json": {
                    limits?: components["schemas"]["LimitsInput"];
                    name?: string;
                    suspended_reason?: string | null;
                };
            };
        };
        responses: {
            /** @description The company. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlatformCompany"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.not_found`: There is no such company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listIssuers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        issuers: components["schemas"]["TokenIssuer"][];
                    };
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createIssuer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Keycloak",
                 *       "issuer": "https://id.ejemplo.cl/realms/main",
                 *       "jwks_url": "https://id.ejemplo.cl/realms/main/protocol/openid-connect/certs",
                 *       "audience": "centralita",
                 *       "algorithms": [
                 *         "RS256"
                 *       ],
                 *       "companies": [
                 *         {
                 *           "company_id": "co_01kah0rz2pe7rtq1rq7mpv0a6e",
                 *           "tenant": "company_456"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    /**
                     * @default [
                     *       "RS256"
                     *     ]
                     */
                    algorithms?: ("RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512" | "ES256" | "ES384" | "ES512" | "EdDSA")[];
                    audience: string;
                    companies: {
                        company_id: string;
                        tenant: string;
                    }[];
                    /** @default null */
                    default_role?: ("administrator" | "supervisor" | "agent" | "developer" | "read_only") | null;
                    /** @default false */
                    disabled?: boolean;
                    /** @default false */
                    header_chooses?: boolean;
                    issuer: string;
                    /** Format: uri */
                    jwks_url: string;
                    name: string;
                };
            };
        };
        responses: {
            /** @description The issuer. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenIssuer"];
                };
            };
            /**
             * @description `request.invalid`: The request does not have the form it should have. See "errors".
             *
             *     `companies.not_https`: This address must begin with https://, or be on the allowlist CALL_HTTP_ALLOW.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.not_found`: There is no such company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.issuer_taken`: This issuer is here already. Change that one. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeIssuer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @default [
                     *       "RS256"
                     *     ]
                     */
                    algorithms?: ("RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512" | "ES256" | "ES384" | "ES512" | "EdDSA")[];
                    audience: string;
                    companies: {
                        company_id: string;
                        tenant: string;
                    }[];
                    /** @default null */
                    default_role?: ("administrator" | "supervisor" | "agent" | "developer" | "read_only") | null;
                    /** @default false */
                    disabled?: boolean;
                    /** @default false */
                    header_chooses?: boolean;
                    issuer: string;
                    /** Format: uri */
                    jwks_url: string;
                    name: string;
                };
            };
        };
        responses: {
            /** @description The issuer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenIssuer"];
                };
            };
            /**
             * @description `request.invalid`: The request does not have the form it should have. See "errors".
             *
             *     `companies.not_https`: This address must begin with https://, or be on the allowlist CALL_HTTP_ALLOW.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.issuer_not_found`: There is no such issuer.
             *
             *     `companies.not_found`: There is no such company.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.issuer_taken`: This issuer is here already. Change that one. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeIssuer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.issuer_not_found`: There is no such issuer. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    clearQueue: {
        parameters: {
            query?: {
                /** @description `true`, else nothing is done. */
                confirm?: "true" | "1" | true;
                queue?: "webhook" | "message" | "all";
                /** @description Default: everything you may reach. `platform` only for who runs the installation. */
                scope?: "company" | "platform";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueCleared"];
                };
            };
            /**
             * @description `request.invalid`: The request does not have the form it should have. See "errors".
             *
             *     `operations.confirm`: Clearing takes everything that waits out of the queue. Ask again with confirm=true if that is what you want.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pauseQueue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * @default all
                     * @enum {string}
                     */
                    queue?: "webhook" | "message" | "all";
                    /**
                     * @description Default: everything you may reach. `platform` only for who runs the installation.
                     * @enum {string}
                     */
                    scope?: "company" | "platform";
                };
            };
        };
        responses: {
            /** @description Paused. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueuePaused"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeQueue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * @default all
                     * @enum {string}
                     */
                    queue?: "webhook" | "message" | "all";
                    /**
                     * @description Default: everything you may reach. `platform` only for who runs the installation.
                     * @enum {string}
                     */
                    scope?: "company" | "platform";
                };
            };
        };
        responses: {
            /** @description What is still paused. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueuePaused"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getQueueStats: {
        parameters: {
            query?: {
                /** @description Default: everything you may reach. `platform` only for who runs the installation. */
                scope?: "company" | "platform";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counted now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "webhook": {
                     *         "waiting": 0,
                     *         "active": 2,
                     *         "completed": 1543,
                     *         "failed": 12,
                     *         "delayed": 0
                     *       },
                     *       "message": {
                     *         "waiting": 5,
                     *         "active": 1,
                     *         "completed": 892,
                     *         "failed": 3,
                     *         "delayed": 2
                     *       },
                     *       "deduplication": {
                     *         "cachedMessages": 145
                     *       },
                     *       "scope": "company",
                     *       "paused": {
                     *         "webhook": false,
                     *         "message": false
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["QueueStats"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them, the oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSubscriptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "subscriptions": [
                     *         {
                     *           "id": "sub_01kab3v6y2f0rbd5q8m1n7x4zt",
                     *           "kind": "http",
                     *           "name": "CRM",
                     *           "url": "https://crm.example.com/hooks/centralita",
                     *           "events": [
                     *             "message_received",
                     *             "message_status"
                     *           ],
                     *           "account_ids": null,
                     *           "settings": {
                     *             "timeout_seconds": 10,
                     *             "acknowledgement": "response",
                     *             "acknowledge_seconds": 60,
                     *             "retry_first_seconds": 5,
                     *             "retry_max_seconds": 3600,
                     *             "retry_hours": 24
                     *           },
                     *           "status": "active",
                     *           "reason": null,
                     *           "failing_since": null,
                     *           "last_error": null,
                     *           "waiting": 0,
                     *           "previous_secret_until": null,
                     *           "routing": null,
                     *           "created_at": "2026-11-21T09:00:00.000Z",
                     *           "updated_at": "2026-11-21T09:00:00.000Z"
                     *         }
                     *       ],
                     *       "rabbitmq_available": false
                     *     }
                     */
                    "application/json": {
                        rabbitmq_available: boolean;
                        subscriptions: {
                            account_ids: string[] | null;
                            created_at: string;
                            events: string[] | null;
                            failing_since: string | null;
                            id: string;
                            /** @enum {string} */
                            kind: "http" | "rabbitmq";
                            last_error: string | null;
                            name: string;
                            previous_secret_until: string | null;
                            reason: string | null;
                            routing: {
                                exchange: string;
                                key: string;
                            } | null;
                            settings: {
                                /** @default 60 */
                                acknowledge_seconds: number;
                                /**
                                 * @default response
                                 * @enum {string}
                                 */
                                acknowledgement: "response" | "explicit";
                                /** @default 5 */
                                retry_first_seconds: number;
                                /** @default 24 */
                                retry_hours: number;
                                /** @default 3600 */
                                retry_max_seconds: number;
                                /** @default 10 */
                                timeout_seconds: number;
                            };
                            /** @enum {string} */
                            status: "active" | "paused" | "disabled";
                            updated_at: string;
                            url: string | null;
                            waiting: number;
                        }[];
                    };
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "http",
                 *       "name": "CRM",
                 *       "url": "https://crm.example.com/hooks/centralita",
                 *       "events": [
                 *         "message_received",
                 *         "message_status"
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @default null */
                    account_ids?: string[] | null;
                    /** @default null */
                    events?: string[] | null;
                    /** @constant */
                    kind: "http";
                    name: string;
                    /** @default {} */
                    settings?: {
                        /** @default 60 */
                        acknowledge_seconds?: number;
                        /**
                         * @default response
                         * @enum {string}
                         */
                        acknowledgement?: "response" | "explicit";
                        /** @default 5 */
                        retry_first_seconds?: number;
                        /** @default 24 */
                        retry_hours?: number;
                        /** @default 3600 */
                        retry_max_seconds?: number;
                        /** @default 10 */
                        timeout_seconds?: number;
                    };
                    url: string;
                } | {
                    /** @default null */
                    account_ids?: string[] | null;
                    /** @default null */
                    events?: string[] | null;
                    /** @constant */
                    kind: "rabbitmq";
                    name: string;
                    /** @default {} */
                    settings?: {
                        /** @default 60 */
                        acknowledge_seconds?: number;
                        /**
                         * @default response
                         * @enum {string}
                         */
                        acknowledgement?: "response" | "explicit";
                        /** @default 5 */
                        retry_first_seconds?: number;
                        /** @default 24 */
                        retry_hours?: number;
                        /** @default 3600 */
                        retry_max_seconds?: number;
                        /** @default 10 */
                        timeout_seconds?: number;
                    };
                };
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "sub_01kab3v6y2f0rbd5q8m1n7x4zt",
                     *       "kind": "http",
                     *       "name": "CRM",
                     *       "url": "https://crm.example.com/hooks/centralita",
                     *       "events": [
                     *         "message_received",
                     *         "message_status"
                     *       ],
                     *       "account_ids": null,
                     *       "settings": {
                     *         "timeout_seconds": 10,
                     *         "acknowledgement": "response",
                     *         "acknowledge_seconds": 60,
                     *         "retry_first_seconds": 5,
                     *         "retry_max_seconds": 3600,
                     *         "retry_hours": 24
                     *       },
                     *       "status": "active",
                     *       "reason": null,
                     *       "failing_since": null,
                     *       "last_error": null,
                     *       "waiting": 0,
                     *       "previous_secret_until": null,
                     *       "routing": null,
                     *       "created_at": "2026-11-21T09:00:00.000Z",
                     *       "updated_at": "2026-11-21T09:00:00.000Z",
                     *       "secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
                     *     }
                     */
                    "application/json": {
                        account_ids: string[] | null;
                        created_at: string;
                        events: string[] | null;
                        failing_since: string | null;
                        id: string;
                        /** @enum {string} */
                        kind: "http" | "rabbitmq";
                        last_error: string | null;
                        name: string;
                        previous_secret_until: string | null;
                        reason: string | null;
                        routing: {
                            exchange: string;
                            key: string;
                        } | null;
                        secret: string | null;
                        settings: {
                            /** @default 60 */
                            acknowledge_seconds: number;
                            /**
                             * @default response
                             * @enum {string}
                             */
                            acknowledgement: "response" | "explicit";
                            /** @default 5 */
                            retry_first_seconds: number;
                            /** @default 24 */
                            retry_hours: number;
                            /** @default 3600 */
                            retry_max_seconds: number;
                            /** @default 10 */
                            timeout_seconds: number;
                        };
                        /** @enum {string} */
                        status: "active" | "paused" | "disabled";
                        updated_at: string;
                        url: string | null;
                        waiting: number;
                    };
                };
            };
            /**
             * @description `request.invalid`: The request does not have the form it should have. See "errors".
             *
             *     `subscriptions.account_unknown`: An account to listen to is not one of your company. Take the ids of GET /api/accounts.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `subscriptions.no_broker`: This installation has no RabbitMQ. Ask its operator to set AMQP_URL, or use a subscription over HTTP.
             *
             *     `subscriptions.too_many`: A company has at most 50 subscriptions. Remove one that is not used.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With how it does. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "sub_01kab3v6y2f0rbd5q8m1n7x4zt",
                     *       "kind": "http",
                     *       "name": "CRM",
                     *       "url": "https://crm.example.com/hooks/centralita",
                     *       "events": [
                     *         "message_received",
                     *         "message_status"
                     *       ],
                     *       "account_ids": null,
                     *       "settings": {
                     *         "timeout_seconds": 10,
                     *         "acknowledgement": "response",
                     *         "acknowledge_seconds": 60,
                     *         "retry_first_seconds": 5,
                     *         "retry_max_seconds": 3600,
                     *         "retry_hours": 24
                     *       },
                     *       "status": "active",
                     *       "reason": null,
                     *       "failing_since": null,
                     *       "last_error": null,
                     *       "waiting": 0,
                     *       "previous_secret_until": null,
                     *       "routing": null,
                     *       "created_at": "2026-11-21T09:00:00.000Z",
                     *       "updated_at": "2026-11-21T09:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        account_ids: string[] | null;
                        created_at: string;
                        events: string[] | null;
                        failing_since: string | null;
                        id: string;
                        /** @enum {string} */
                        kind: "http" | "rabbitmq";
                        last_error: string | null;
                        name: string;
                        previous_secret_until: string | null;
                        reason: string | null;
                        routing: {
                            exchange: string;
                            key: string;
                        } | null;
                        settings: {
                            /** @default 60 */
                            acknowledge_seconds: number;
                            /**
                             * @default response
                             * @enum {string}
                             */
                            acknowledgement: "response" | "explicit";
                            /** @default 5 */
                            retry_first_seconds: number;
                            /** @default 24 */
                            retry_hours: number;
                            /** @default 3600 */
                            retry_max_seconds: number;
                            /** @default 10 */
                            timeout_seconds: number;
                        };
                        /** @enum {string} */
                        status: "active" | "paused" | "disabled";
                        updated_at: string;
                        url: string | null;
                        waiting: number;
                    };
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subscriptions.not_found`: There is no such subscription in your company. List them with GET /api/subscriptions. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subscriptions.not_found`: There is no such subscription in your company. List them with GET /api/subscriptions. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "status": "paused"
                 *     }
                 */
                "application/json": {
                    account_ids?: string[] | null;
                    events?: string[] | null;
                    name?: string;
                    settings?: {
                        acknowledge_seconds?: number;
                        /** @enum {string} */
                        acknowledgement?: "response" | "explicit";
                        retry_first_seconds?: number;
                        retry_hours?: number;
                        retry_max_seconds?: number;
                        timeout_seconds?: number;
                    };
                    /** @enum {string} */
                    status?: "active" | "paused";
                    url?: string;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "sub_01kab3v6y2f0rbd5q8m1n7x4zt",
                     *       "kind": "http",
                     *       "name": "CRM",
                     *       "url": "https://crm.example.com/hooks/centralita",
                     *       "events": [
                     *         "message_received",
                     *         "message_status"
                     *       ],
                     *       "account_ids": null,
                     *       "settings": {
                     *         "timeout_seconds": 10,
                     *         "acknowledgement": "response",
                     *         "acknowledge_seconds": 60,
                     *         "retry_first_seconds": 5,
                     *         "retry_max_seconds": 3600,
                     *         "retry_hours": 24
                     *       },
                     *       "status": "paused",
                     *       "reason": null,
                     *       "failing_since": null,
                     *       "last_error": null,
                     *       "waiting": 0,
                     *       "previous_secret_until": null,
                     *       "routing": null,
                     *       "created_at": "2026-11-21T09:00:00.000Z",
                     *       "updated_at": "2026-11-21T09:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        account_ids: string[] | null;
                        created_at: string;
                        events: string[] | null;
                        failing_since: string | null;
                        id: string;
                        /** @enum {string} */
                        kind: "http" | "rabbitmq";
                        last_error: string | null;
                        name: string;
                        previous_secret_until: string | null;
                        reason: string | null;
                        routing: {
                            exchange: string;
                            key: string;
                        } | null;
                        settings: {
                            /** @default 60 */
                            acknowledge_seconds: number;
                            /**
                             * @default response
                             * @enum {string}
                             */
                            acknowledgement: "response" | "explicit";
                            /** @default 5 */
                            retry_first_seconds: number;
                            /** @default 24 */
                            retry_hours: number;
                            /** @default 3600 */
                            retry_max_seconds: number;
                            /** @default 10 */
                            timeout_seconds: number;
                        };
                        /** @enum {string} */
                        status: "active" | "paused" | "disabled";
                        updated_at: string;
                        url: string | null;
                        waiting: number;
                    };
                };
            };
            /**
             * @description `request.invalid`: The request does not have the form it should have. See "errors".
             *
             *     `subscriptions.account_unknown`: An account to listen to is not one of your company. Take the ids of GET /api/accounts.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subscriptions.not_found`: There is no such subscription in your company. List them with GET /api/subscriptions. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subscriptions.only_http`: Only subscriptions over HTTP have an address and a secret. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acknowledgeEvents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "event_ids": [
                 *         "evt_01kab3w0c4e2n9r6h8m5t7v1qx"
                 *       ],
                 *       "outcome": "processed"
                 *     }
                 */
                "application/json": {
                    event_ids: string[];
                    /**
                     * @default processed
                     * @enum {string}
                     */
                    outcome?: "processed" | "failed";
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description How many were waiting for it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "acknowledged": 1
                     *     }
                     */
                    "application/json": {
                        acknowledged: number;
                    };
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subscriptions.not_found`: There is no such subscription in your company. List them with GET /api/subscriptions. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSubscriptionLog: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "entries": [
                     *         {
                     *           "id": "184",
                     *           "event_id": "evt_01kab3w0c4e2n9r6h8m5t7v1qx",
                     *           "event_type": "message_received",
                     *           "attempt": 1,
                     *           "outcome": "delivered",
                     *           "status": 200,
                     *           "duration_ms": 38,
                     *           "error": null,
                     *           "response": "ok",
                     *           "created_at": "2026-11-21T09:00:01.000Z"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        entries: {
                            attempt: number;
                            created_at: string;
                            duration_ms: number | null;
                            error: string | null;
                            event_id: string;
                            event_type: string;
                            id: string;
                            /** @enum {string} */
                            outcome: "delivered" | "failed" | "awaiting_acknowledgement" | "acknowledged" | "unrouted" | "given_up";
                            response: string | null;
                            status: number | null;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subscriptions.not_found`: There is no such subscription in your company. List them with GET /api/subscriptions. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    eraseSubscriptionLog: {
        parameters: {
            query?: {
                /** @description Only what is older. Default: now. */
                before?: string;
            };
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many tries are gone. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "log_entries": 2100
                     *     }
                     */
                    "application/json": components["schemas"]["ErasedLog"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subscriptions.not_found`: There is no such subscription in your company. List them with GET /api/subscriptions. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayEvents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "from": "2026-11-21T00:00:00Z",
                 *       "to": "2026-11-21T06:00:00Z"
                 *     }
                 */
                "application/json": {
                    event_id: string;
                } | {
                    events?: string[];
                    /** Format: date-time */
                    from: string;
                    /** Format: date-time */
                    to?: string;
                };
            };
        };
        responses: {
            /** @description How many wait to be sent again. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "replayed": 17
                     *     }
                     */
                    "application/json": {
                        replayed: number;
                    };
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `subscriptions.not_found`: There is no such subscription in your company. List them with GET /api/subscriptions.
             *
             *     `subscriptions.event_not_found`: This event is not kept any more, or never was: only what happens while the company has a subscription is kept, for EVENT_RETENTION_DAYS.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateSubscriptionSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The new secret, shown this once. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "sub_01kab3v6y2f0rbd5q8m1n7x4zt",
                     *       "kind": "http",
                     *       "name": "CRM",
                     *       "url": "https://crm.example.com/hooks/centralita",
                     *       "events": [
                     *         "message_received",
                     *         "message_status"
                     *       ],
                     *       "account_ids": null,
                     *       "settings": {
                     *         "timeout_seconds": 10,
                     *         "acknowledgement": "response",
                     *         "acknowledge_seconds": 60,
                     *         "retry_first_seconds": 5,
                     *         "retry_max_seconds": 3600,
                     *         "retry_hours": 24
                     *       },
                     *       "status": "active",
                     *       "reason": null,
                     *       "failing_since": null,
                     *       "last_error": null,
                     *       "waiting": 0,
                     *       "previous_secret_until": "2026-11-22T09:00:00.000Z",
                     *       "routing": null,
                     *       "created_at": "2026-11-21T09:00:00.000Z",
                     *       "updated_at": "2026-11-21T09:00:00.000Z",
                     *       "secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
                     *     }
                     */
                    "application/json": {
                        account_ids: string[] | null;
                        created_at: string;
                        events: string[] | null;
                        failing_since: string | null;
                        id: string;
                        /** @enum {string} */
                        kind: "http" | "rabbitmq";
                        last_error: string | null;
                        name: string;
                        previous_secret_until: string | null;
                        reason: string | null;
                        routing: {
                            exchange: string;
                            key: string;
                        } | null;
                        secret: string | null;
                        settings: {
                            /** @default 60 */
                            acknowledge_seconds: number;
                            /**
                             * @default response
                             * @enum {string}
                             */
                            acknowledgement: "response" | "explicit";
                            /** @default 5 */
                            retry_first_seconds: number;
                            /** @default 24 */
                            retry_hours: number;
                            /** @default 3600 */
                            retry_max_seconds: number;
                            /** @default 10 */
                            timeout_seconds: number;
                        };
                        /** @enum {string} */
                        status: "active" | "paused" | "disabled";
                        updated_at: string;
                        url: string | null;
                        waiting: number;
                    };
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subscriptions.not_found`: There is no such subscription in your company. List them with GET /api/subscriptions. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subscriptions.only_http`: Only subscriptions over HTTP have an address and a secret. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the other system answered. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "184",
                     *       "event_id": "evt_01kab3w0c4e2n9r6h8m5t7v1qx",
                     *       "event_type": "test",
                     *       "attempt": 1,
                     *       "outcome": "delivered",
                     *       "status": 200,
                     *       "duration_ms": 38,
                     *       "error": null,
                     *       "response": "ok",
                     *       "created_at": "2026-11-21T09:00:01.000Z"
                     *     }
                     */
                    "application/json": {
                        attempt: number;
                        created_at: string;
                        duration_ms: number | null;
                        error: string | null;
                        event_id: string;
                        event_type: string;
                        id: string;
                        /** @enum {string} */
                        outcome: "delivered" | "failed" | "awaiting_acknowledgement" | "acknowledged" | "unrouted" | "given_up";
                        response: string | null;
                        status: number | null;
                    };
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `subscriptions.not_found`: There is no such subscription in your company. List them with GET /api/subscriptions. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTemplates: {
        parameters: {
            query?: {
                account_id?: string;
                cursor?: string;
                language?: string;
                limit?: number;
                /** @description A part of the name. */
                name?: string;
                status?: "approved" | "pending" | "rejected" | "paused" | "disabled" | "draft" | "unknown";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplatePage"];
                };
            };
            /**
             * @description `request.invalid`: The request does not have the form it should have. See "errors".
             *
             *     `templates.bad_cursor`: This cursor is not one of ours. Start again from the first page.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `accounts.not_found`: There is no such account in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With its variables and components. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Template"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `templates.not_found`: There is no such template. GET /api/templates lists those of your lines; a new one is known here within a minute. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    syncTemplates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["SyncTemplates"];
            };
        };
        responses: {
            /** @description When each number was read, and what went wrong. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplatesSynced"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `accounts.not_found`: There is no such account in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUsers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "users": [
                     *         {
                     *           "id": "usr_01kah0s0xbe7rtq1rq7mpv0a6e",
                     *           "name": "Lea Rojas",
                     *           "email": "lea@ejemplo.cl",
                     *           "role": "agent",
                     *           "status": "active",
                     *           "platform": false,
                     *           "business_ids": [],
                     *           "created_at": "2026-04-10T15:30:45.120Z",
                     *           "last_login_at": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        users: components["schemas"]["User"][];
                    };
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    inviteUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "lea@ejemplo.cl",
                 *       "name": "Lea Rojas",
                 *       "role": "agent"
                 *     }
                 */
                "application/json": {
                    /** @default [] */
                    business_ids?: string[];
                    /** Format: email */
                    email: string;
                    name: string;
                    /** @enum {string} */
                    role: "administrator" | "supervisor" | "agent" | "developer" | "read_only";
                };
            };
        };
        responses: {
            /** @description The user and the link. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitedUser"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.business_not_found`: There is no such business in this company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.email_taken`: A user with this e-mail exists already. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.limit_users`: The company has as many users as it may have. Disable one, or ask who runs this installation for more. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "role": "supervisor"
                 *     }
                 */
                "application/json": {
                    business_ids?: string[];
                    disabled?: boolean;
                    name?: string;
                    platform?: boolean;
                    /** @enum {string} */
                    role?: "administrator" | "supervisor" | "agent" | "developer" | "read_only";
                };
            };
        };
        responses: {
            /** @description The user. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "usr_01kah0s0xbe7rtq1rq7mpv0a6e",
                     *       "name": "Lea Rojas",
                     *       "email": "lea@ejemplo.cl",
                     *       "role": "supervisor",
                     *       "status": "active",
                     *       "platform": false,
                     *       "business_ids": [],
                     *       "created_at": "2026-04-10T15:30:45.120Z",
                     *       "last_login_at": null
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.user_not_found`: There is no such user in this company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.own_user`: Nobody takes their own role or access away. Ask another administrator.
             *
             *     `companies.last_administrator`: This is the last administrator of the company. Make another one first.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    linkUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as lists give it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The link, shown once. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserLink"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.user_not_found`: There is no such user in this company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.user_disabled`: This user is disabled. Enable them first. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    fetchLinkedFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description As in the address that was given. */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": Blob;
                };
            };
            /** @description `media.not_found`: There is no such file in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    feedMessage: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Any text of up to 255 characters, new for each thing to be sent. The same request with the same key within 24 hours sends nothing again and answers what became of the first.
                 * @example pedido-1042-aviso
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "number": "593987654321",
                 *       "message": "Quiero postular",
                 *       "attachments": [
                 *         {
                 *           "url": "https://example.com/cv.pdf",
                 *           "filename": "cv.pdf"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["FedMessage"];
            };
        };
        responses: {
            /** @description It is in the conversation, and the bot knows. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": "processed";
                };
            };
            /** @description `request.invalid`: The request does not have the form it should have. See "errors". */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `companies.not_signed_in`: Sign in first, or send an API key in the X-Api-Key header.
             *
             *     `companies.wrong_key`: This API key is not valid. Check it, or make a new one.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `companies.forbidden`: Your role does not allow this. Ask an administrator of your company. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `accounts.not_found`: There is no such account in your company. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `api.phone_number`: This is not a phone number. Give it with its country code, as digits (593987654321) or as E.164 (+593987654321).
             *
             *     `api.account_needed`: Your company has several lines. Say which one with account_id; GET /api/accounts lists them.
             *
             *     `api.nothing_said`: There is nothing in it. Give a message, attachments, or both.
             *
             *     `api.attachment`: An attachment could not be taken.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verifyWebhookOfMeta: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the carrier wants to hear. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `intake.signature`: The signature does not belong to this body: compare the app secret with the one stored for this webhook. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `intake.handshake`: The verify token is not the one of this webhook. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `accounts.app_unknown`: No app answers at this webhook address. Copy the address that was shown when the account was connected. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    receiveWebhookOfMeta: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "*/*": Blob;
            };
        };
        responses: {
            /** @description It is stored; what it says is done in a moment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "received"
                     *     }
                     */
                    "application/json": components["schemas"]["Received"];
                };
            };
            /** @description `intake.signature`: The signature does not belong to this body: compare the app secret with the one stored for this webhook. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `intake.handshake`: The verify token is not the one of this webhook. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `accounts.app_unknown`: No app answers at this webhook address. Copy the address that was shown when the account was connected. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verifyWebhookOfProvider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The carrier: `meta`, `official`, `twilio`, `evolution`. */
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the carrier wants to hear. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `intake.signature`: The signature does not belong to this body: compare the app secret with the one stored for this webhook. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `intake.handshake`: The verify token is not the one of this webhook. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `accounts.app_unknown`: No app answers at this webhook address. Copy the address that was shown when the account was connected. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    receiveWebhookOfProvider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The carrier: `meta`, `official`, `twilio`, `evolution`. */
                provider: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "*/*": Blob;
            };
        };
        responses: {
            /** @description It is stored; what it says is done in a moment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "received"
                     *     }
                     */
                    "application/json": components["schemas"]["Received"];
                };
            };
            /** @description `intake.signature`: The signature does not belong to this body: compare the app secret with the one stored for this webhook. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `intake.handshake`: The verify token is not the one of this webhook. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `accounts.app_unknown`: No app answers at this webhook address. Copy the address that was shown when the account was connected. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verifyWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name of the webhook. */
                app: string;
                /** @description The carrier: `meta`, `official`, `twilio`, `evolution`. */
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the carrier wants to hear. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description `intake.signature`: The signature does not belong to this body: compare the app secret with the one stored for this webhook. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `intake.handshake`: The verify token is not the one of this webhook. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `accounts.app_unknown`: No app answers at this webhook address. Copy the address that was shown when the account was connected. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    receiveWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name of the webhook. */
                app: string;
                /** @description The carrier: `meta`, `official`, `twilio`, `evolution`. */
                provider: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "*/*": Blob;
            };
        };
        responses: {
            /** @description It is stored; what it says is done in a moment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "received"
                     *     }
                     */
                    "application/json": components["schemas"]["Received"];
                };
            };
            /** @description `intake.signature`: The signature does not belong to this body: compare the app secret with the one stored for this webhook. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `intake.handshake`: The verify token is not the one of this webhook. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `accounts.app_unknown`: No app answers at this webhook address. Copy the address that was shown when the account was connected. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
