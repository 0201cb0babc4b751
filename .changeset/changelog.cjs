// What stands in a changeset is written for operators, and goes into the changelog as it is: they need no commit's number.
module.exports = {
  getReleaseLine: async ({ summary }) => `${summary.trim()}\n`,
  getDependencyReleaseLine: async () => "",
};
