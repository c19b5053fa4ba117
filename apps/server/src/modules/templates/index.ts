export { forgetObject, objectFor } from './carrier-objects.ts';
export { errors as templateErrors } from './errors.ts';
export { fillTemplates, lookUpTemplate, refitTemplates, type TemplateWish } from './fill-templates.ts';
