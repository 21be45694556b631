// What was typed per workflow, so that another workflow or a reload loses nothing. Files are not kept.

import { forThisTab } from "./storage.js";

const key = "model-compose.drafts";
const limit = 50;

export function readDraft(workflowId) {
  return forThisTab.read(key)?.[workflowId];
}

export function keepDraft(workflowId, snapshot) {
  const others = Object.entries(forThisTab.read(key) ?? {}).filter(([id]) => id !== workflowId);
  // The newest stands last; a service with very many workflows does not fill the storage.
  forThisTab.write(key, Object.fromEntries([...others, [workflowId, snapshot]].slice(-limit)));
}
