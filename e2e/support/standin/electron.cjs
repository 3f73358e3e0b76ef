'use strict';
// What the main process gets for `electron`. Node finds the names of a CommonJS module by reading this list, so it stays a plain one.
const { EventEmitter } = require('node:events');
const { app } = require('./parts/app.cjs');
const desktop = require('./parts/desktop.cjs');
const { ipcMain } = require('./parts/ipc-main.cjs');
const { Menu, MenuItem } = require('./parts/menu.cjs');
const { net, protocol } = require('./parts/protocol.cjs');
const { session } = require('./parts/session.cjs');
const { BrowserWindow, webContents } = require('./parts/window.cjs');

const { clipboard, crashReporter, dialog, nativeImage, nativeTheme, Notification, safeStorage, screen, shell } =
  desktop;
const powerMonitor = new EventEmitter();

module.exports = {
  app,
  BrowserWindow,
  clipboard,
  crashReporter,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  webContents,
};
