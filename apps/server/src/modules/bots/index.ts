export { errors as botErrors } from './errors.ts';
export { assignBot, publishFlow, type Publication, type Published } from './publish-flow.ts';
export { botId, changeBot, claimLine, createBot } from './configure-bot.ts';
export { configuredBot, configuredBots, type ConfiguredBot, type KeptConfig } from './store-config.ts';
export { botsOfAccounts, hasBot, releaseToBot } from './release-to-bot.ts';
export { setSecret } from './secrets.ts';
export { secretNames } from './store.ts';
export { TURN_LANE, wakeBots } from './wake-bots.ts';
