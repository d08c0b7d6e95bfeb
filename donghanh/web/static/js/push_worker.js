/** Shows a message on the phone, and takes whoever touches it to this house's first page. It fetches and keeps nothing. */

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("push", (event) => {
  // A browser wants every push to be shown, even one that cannot be read.
  let message = { title: "Đồng Hành", body: "", tag: "" };
  try {
    message = { ...message, ...event.data?.json() };
  } catch {
    // shown by its sender's name alone
  }
  event.waitUntil(self.registration.showNotification(message.title, { body: message.body, tag: message.tag }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow("/"));
});
