'use strict';
/** `Menu`: a tree of items that a journey finds by id and clicks. */

class MenuItem {
  constructor(options) {
    Object.assign(
      this,
      { type: options.submenu ? 'submenu' : 'normal', enabled: true, visible: true, checked: false },
      options,
    );
    if (Array.isArray(options.submenu)) this.submenu = Menu.buildFromTemplate(options.submenu);
    this.click = () => options.click?.(this, undefined, {});
  }
}

class Menu {
  static #application = null;
  items = [];

  static buildFromTemplate(template) {
    const menu = new Menu();
    for (const item of template) menu.append(item instanceof MenuItem ? item : new MenuItem(item));
    return menu;
  }
  static setApplicationMenu(menu) {
    Menu.#application = menu;
  }
  static getApplicationMenu() {
    return Menu.#application;
  }
  append(item) {
    this.items.push(item);
  }
  insert(position, item) {
    this.items.splice(position, 0, item);
  }
  popup() {}
  closePopup() {}
  getMenuItemById(id) {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }
}

module.exports = { Menu, MenuItem };
