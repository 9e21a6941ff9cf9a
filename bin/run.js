#!/usr/bin/env node
const { enableCompileCache } = require('node:module')

if (process.env.DEBUG) process.setSourceMapsEnabled(true)
enableCompileCache?.() // Node 22.8 and later keep compiled modules from one start to the next

require('../bundle/quick.start.cjs').start(process.argv.slice(2), require)
